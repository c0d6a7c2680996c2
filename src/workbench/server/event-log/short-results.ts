import type { ShortResult } from '../../contract'
import type { TracedPart } from './mapping-trace'

const MOST_RESULTS = 5

/** What the list shows first: conversions, then what was lost, then the rest in the order of sending. */
function rank({ what, kind }: TracedPart): number {
  if (what === 'CONVERSION') return 0
  if (kind === 'discarded') return 1
  return what === 'map' ? 3 : 2
}

/** The results of an event in the list, at most a handful. @param currency as the event names it */
export function shortResults(
  parts: readonly TracedPart[],
  currency: string | null
): { results: ShortResult[]; moreResults: number } {
  const ordered = [...parts].sort((one, other) => rank(one) - rank(other))
  const results = ordered.slice(0, MOST_RESULTS).map(({ key: _, ...part }) => ({
    ...part,
    currency: part.amount === null ? null : currency
  }))
  return { results, moreResults: ordered.length - results.length }
}
