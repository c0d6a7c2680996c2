import { parsedJson } from '../../segment-host'
import { isBody, isStartOfJson } from './documents'
import { LONGEST_LINE_BYTES } from './event-lines'

/** `lines`: one event a line. `documents`: JSON over several lines, or several events on one. */
export type EventForm = 'lines' | 'documents'

/** The form of the content by its first line that is not blank, and the whole content again. */
export async function peeked(
  content: AsyncIterable<Buffer>
): Promise<{ form: EventForm; content: AsyncIterable<Buffer> }> {
  const source = content[Symbol.asyncIterator]()
  const chunks: Buffer[] = []
  let form: EventForm | undefined
  while (form === undefined) {
    const next = await source.next()
    if (!next.done) chunks.push(next.value)
    form = formOf(Buffer.concat(chunks), next.done === true)
  }
  async function* whole(): AsyncIterable<Buffer> {
    yield* chunks.splice(0)
    yield* { [Symbol.asyncIterator]: () => source }
  }
  return { form, content: whole() }
}

/** Undefined while more must be read to tell. */
function formOf(head: Buffer, isAll: boolean): EventForm | undefined {
  // `trimStart` also removes a byte order mark.
  const text = head.toString('utf8').trimStart()
  if (text === '') return isAll ? 'lines' : undefined
  if (text.startsWith('[')) return 'documents'
  if (!text.startsWith('{')) return 'lines'
  const end = text.indexOf('\n')
  if (end === -1 && !isAll && head.length <= LONGEST_LINE_BYTES) return undefined
  const line = end === -1 ? text : text.slice(0, end)
  const value = parsedJson(line)
  if (value !== undefined) return isBody(value) ? 'documents' : 'lines'
  return isStartOfJson(Buffer.from(line)) ? 'documents' : 'lines'
}
