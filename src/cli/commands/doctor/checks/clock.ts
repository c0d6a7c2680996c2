import { CONFIGURATION_HOST } from '../../../../destinations/kameleoon'
import type { Facts } from '../facts'
import { ok, trouble, unknown, warning, type Line } from '../line'
import type { TimedAnswer } from '../timed-request'

const MINUTE = 60_000
const SET_IT = 'Set the clock of this machine, by NTP for example.'

/** Answers of this host may come from a cache, with the time at which they came there. */
const CACHED_HOST = new URL(CONFIGURATION_HOST).host

/** Whether this machine's clock agrees with Kameleoon's. */
export function clockLines({ answers }: Facts): Line[] {
  const ahead = middleOf(answers.filter(({ host }) => host !== CACHED_HOST))
  if (ahead === undefined)
    return [unknown('clock', 'No answer of Kameleoon had a time.', 'Check the clock of this machine.')]
  const distance = Math.abs(ahead)
  if (distance < MINUTE) return [ok('clock', "It agrees with Kameleoon's to the minute.")]
  const seen = `It is ${Math.round(distance / MINUTE)} min ${ahead > 0 ? 'behind' : 'ahead of'} Kameleoon's`
  return distance < 10 * MINUTE
    ? [warning('clock', `${seen}.`, SET_IT)]
    : [trouble('clock', `${seen}, so events count as older or younger than they are.`, SET_IT)]
}

/** The middle one of the differences, which a single odd answer does not change. */
function middleOf(answers: readonly TimedAnswer[]): number | undefined {
  const differences = answers
    .flatMap(({ aheadMilliseconds }) => aheadMilliseconds ?? [])
    .sort((one, other) => one - other)
  return differences[Math.floor(differences.length / 2)]
}
