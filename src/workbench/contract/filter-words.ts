// A type only: the index of the host needs Node, which the page does not have.
import type { QueryFault } from '../../segment-host/query-problem'

/** Most characters of a filter that the workbench checks, about 5,000 conditions. A longer one takes seconds to read. */
export const MOST_FILTER_CHARACTERS = 150_000

export const FILTER_TOO_LONG = `The filter is longer than ${MOST_FILTER_CHARACTERS.toLocaleString('en')} characters, about 5,000 conditions. Use fewer conditions, or several mappings.`

const LONGEST_FOUND = 40

/** The fault of a filter as a sentence that names its place. */
export function filterFaultInWords(filter: string, { position, found, advice }: QueryFault): string {
  if (filter.trim() === '') return 'The filter is empty. Write one such as type = "track".'
  if (found === '')
    return `The filter ends too early, after ${shortened(filter.slice(0, position).trimEnd())}: ${advice}.`
  return `At character ${position + 1}, ${shortened(found)}: ${advice}.`
}

/** The end of a long text is enough to find its place. */
function shortened(text: string): string {
  return text.length > LONGEST_FOUND ? `…${text.slice(-LONGEST_FOUND)}` : text
}
