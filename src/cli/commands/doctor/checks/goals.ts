import type { Goal } from '../../../../destinations/kameleoon'
import { counted, shortened } from '../../../text'
import { notSeen } from '../fact'
import type { Facts } from '../facts'
import { ok, warning, type Line } from '../line'
import type { TimedAnswer } from '../timed-request'
import type { List } from '../whole-list'
import { generatedNameLines } from './generated-names'

/** Goals: how many, how long it takes to read them, and names that events would not find as one may think. */
export function goalLines({ goals, answers }: Facts): Line[] {
  if (goals.kind !== 'seen') {
    return [
      notSeen('goals', goals, 'Give the API key the right to read goals, in Kameleoon: My profile > API credentials.')
    ]
  }
  const { items } = goals.value
  const reads = answers.filter(({ operation }) => operation === 'GET /goals')
  return [
    countLine(goals.value, reads),
    ...slowLines(reads),
    ...archivedLines(items),
    ...sameNameLines(items),
    ...generatedNameLines(items)
  ]
}

function countLine({ items, isWhole }: List<Goal>, reads: readonly TimedAnswer[]): Line {
  if (items.length === 0) {
    return warning(
      'goals',
      'The project has no goal.',
      'With Goal Matching "match or create", the first event of a name creates its goal. With "match only" nothing would be converted: create the goals in Kameleoon first.'
    )
  }
  const count = `${isWhole ? '' : 'More than '}${counted(items.length, 'goal')}`
  return ok(
    'goals',
    `${count}${statesOf(items)}, read in ${secondsOf(reads)} with ${counted(reads.length, 'request')}.`
  )
}

function statesOf(goals: readonly Goal[]): string {
  const states = ['inactive', 'archived', 'unconvertible'] as const
  const counts = states.map((state) => [goals.filter((goal) => goal.state === state).length, state] as const)
  const shown = counts.filter(([count]) => count > 0).map(([count, state]) => `${count} ${STATE_NAMES[state]}`)
  return shown.length === 0 ? '' : ` (${shown.join(', ')})`
}

const STATE_NAMES = { inactive: 'inactive', archived: 'archived', unconvertible: 'that events cannot convert' }

/** In milliseconds. An answer has ten seconds, and a new event name waits for one or two of them. */
const SLOW = 3_000

function slowLines(reads: readonly TimedAnswer[]): Line[] {
  if (reads.every(({ milliseconds }) => milliseconds < SLOW)) return []
  return [
    warning(
      'time to read goals',
      `Reading goals took ${secondsOf(reads)} for ${counted(reads.length, 'request')}. Events with a new name wait for such a request; one that takes ten seconds has failed, and its events are tried again.`,
      'Choose a Goal (goalId) in the mappings of frequent events, so that they need no reading.'
    )
  ]
}

function secondsOf(reads: readonly TimedAnswer[]): string {
  return `${(reads.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1_000).toFixed(1)} s`
}

function archivedLines(goals: readonly Goal[]): Line[] {
  const live = new Set(goals.filter(({ state }) => state !== 'archived').map(nameOf))
  const archived = goals.filter((goal) => goal.state === 'archived' && !live.has(nameOf(goal)))
  if (archived.length === 0) return []
  return [
    warning(
      'archived goals',
      `${counted(archived.length, 'goal')} archived, and no other of the name: ${listed(archived.map(shown))}. Events of these names are filtered.`,
      'Restore a goal in Kameleoon if its events should count, or choose another Goal (goalId) in the mapping.'
    )
  ]
}

function sameNameLines(goals: readonly Goal[]): Line[] {
  const byName = new Map<string, Goal[]>()
  for (const goal of goals.filter(({ state }) => state !== 'archived')) {
    byName.set(nameOf(goal), [...(byName.get(nameOf(goal)) ?? []), goal])
  }
  const several = [...byName.values()].filter((same) => same.length > 1)
  if (several.length === 0) return []
  const names = several.map((same) => `${quoted(same[0].name)} (ids ${same.map(({ id }) => id).join(', ')})`)
  return [
    warning(
      'goals of one name',
      `${counted(several.length, 'name')} with several goals: ${listed(names)}. An event converts one of them.`,
      'Archive the others in Kameleoon, or choose the Goal (goalId) in the mapping.'
    )
  ]
}

/** Names are compared so by the destination too. */
function nameOf({ name }: Goal): string {
  return name.trim().normalize('NFC')
}

function shown({ name, id }: Goal): string {
  return `${quoted(name)} (id ${id})`
}

function quoted(name: string): string {
  return `"${shortened(name, 60)}"`
}

const MOST_LISTED = 5

/** The first of some texts, and how many there are besides. */
export function listed(texts: readonly string[]): string {
  const rest = texts.length - MOST_LISTED
  return texts.slice(0, MOST_LISTED).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}
