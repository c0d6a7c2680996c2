import type { Facts } from '../facts'
import { ok, unknown, warning, type Line } from '../line'
import type { TimedAnswer } from '../timed-request'

const SUBJECT = 'round trips'

/** In milliseconds. */
const SLOW = 2_000

/** Reading goals has a line of its own. */
const WITH_OWN_LINE = 'GET /goals'

/** How long answers take. */
export function roundTripLines({ answers }: Facts): Line[] {
  const others = answers.filter(({ operation }) => operation !== WITH_OWN_LINE)
  if (others.length === 0) return [unknown(SUBJECT, 'Nothing was answered.', 'Clear the troubles first.')]
  const seen = `${others.map(shown).join(', ')}.`
  return others.some(({ milliseconds }) => milliseconds >= SLOW)
    ? [warning(SUBJECT, seen, 'Check the network and proxies on the way: a request that takes ten seconds has failed.')]
    : [ok(SUBJECT, seen)]
}

function shown({ host, operation, milliseconds }: TimedAnswer): string {
  return `${host} ${operation} ${Math.round(milliseconds).toLocaleString('en')} ms`
}
