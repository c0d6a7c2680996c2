import type { ReasonGroup } from '../../contract'
import { commonPart, patternOf } from './reason-pattern'

/** Most groups that are kept apart. Reasons beyond that are counted together. */
const MOST_GROUPS = 100

/** The latest events that are remembered of a group, so that one is left when the latest ones are delivered after all. */
const MOST_EXAMPLES = 5

const OTHER_REASONS = 'Other reasons'

export type ReasonKind = ReasonGroup['kind']
export type Example = NonNullable<ReasonGroup['example']>

/** Why one event was not delivered or not kept. */
export interface EventReason {
  kind: ReasonKind
  reason: string
  mapping: ReasonGroup['mapping']
}

interface Group extends EventReason {
  count: number
  /** Oldest first. */
  examples: Example[]
}

/** Events by their reasons. Reasons that differ only in quoted values, numbers and ids are one group. */
export class ReasonGroups {
  private readonly groups = new Map<string, Group>()

  /** The key of the group that a reason belongs to now. */
  keyOf({ kind, reason }: EventReason): string {
    const key = `${kind} ${patternOf(reason)}`
    return this.groups.has(key) || this.groups.size < MOST_GROUPS ? key : `${kind} ${OTHER_REASONS}`
  }

  /** Counts an event in the group with this key. */
  add(key: string, reason: EventReason, example: Example): void {
    const shown = key.endsWith(OTHER_REASONS) ? { ...reason, reason: OTHER_REASONS, mapping: null } : reason
    const { count = 0, examples = [] } = this.groups.get(key) ?? {}
    this.groups.set(key, { ...shown, count: count + 1, examples: [...examples, example].slice(-MOST_EXAMPLES) })
  }

  /** Takes back an event that was counted in a group. */
  remove(key: string, id: string): void {
    const group = this.groups.get(key)
    if (!group) return
    group.count--
    group.examples = group.examples.filter((example) => example.id !== id)
    if (group.count === 0) this.groups.delete(key)
  }

  /** All groups, those with most events first. */
  list(): ReasonGroup[] {
    return [...this.groups.values()]
      .sort((one, other) => other.count - one.count)
      .map(({ examples, ...group }) => ({ ...group, example: examples.at(-1) ?? null, query: queryOf(group) }))
  }
}

const STATUS: Record<ReasonKind, string> = {
  rejected: 'failed',
  discarded: 'discarded',
  retrying: 'retrying',
  filtered: 'filtered'
}

/** The query of the list of events that finds the events of a group. */
function queryOf({ kind, reason }: EventReason): string {
  const status = `status:${STATUS[kind]}`
  // The list does not search the reasons of Kameleoon for what it discarded.
  const part = kind === 'discarded' || reason === OTHER_REASONS ? null : commonPart(reason)
  return part === null ? status : `${status} "${part}"`
}
