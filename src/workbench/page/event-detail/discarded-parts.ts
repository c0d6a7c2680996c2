import type { Attempt } from '../../contract'

/** How many parts of an event Kameleoon accepted and discarded in these attempts. A retry has the same parts. */
export function discardedIn(attempts: Pick<Attempt, 'exchanges'>[]): number {
  const results = attempts.flatMap(({ exchanges }) => exchanges.flatMap((exchange) => exchange.results))
  return new Set(results.filter(({ kind }) => kind === 'discarded').map(({ key }) => key)).size
}
