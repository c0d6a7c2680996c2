import { InvalidFieldError } from '../errors'
import { hasLoneSurrogate } from '../text'
import type { GoalReference } from './plan'
import { wholeNumber } from './whole-number'

export const GOAL_MATCHING = ['match or create', 'match only', 'none'] as const

export type GoalMatching = (typeof GOAL_MATCHING)[number]

/** Names a goal as Kameleoon's Segment integration does. https://docs.kameleoon.com/user-manual/integrations/as-a-destination/cdp/segment/setting-up-segment */
export function segmentGoalName(eventType: string, eventName: string): string {
  return `SegmentIO ${eventType} - ${eventName}`
}

/** The name that an older help page of Kameleoon tells; looked for, never created. https://help.kameleoon.com/setting-up-segment-destination-actions/ */
function formerGoalName(eventName: string): string {
  return `Segment.io – ${eventName}`
}

export interface GoalFields {
  goalId?: string
  goalMatching?: string
}

/**
 * The goal that an event converts: the mapped one, else one found by name.
 * @param eventType `track`, `screen` or `page`
 * @returns nothing if the mapping wants no conversion
 * @throws InvalidFieldError for a goal id that is not a whole number, or if there is neither goal id nor name
 */
export function goalOf(
  { goalId, goalMatching }: GoalFields,
  eventType: string,
  eventName: string | undefined,
  nameField: string
): GoalReference | undefined {
  if (goalMatching === 'none') return undefined
  if (goalId !== undefined && goalId.trim() !== '') return { kind: 'id', goalId: wholeNumber(goalId, 'goalId') }
  const name = eventName?.trim()
  if (!name) throw new InvalidFieldError(nameField, 'is missing: without a name or a Goal no goal can be found.')
  if (hasLoneSurrogate(name)) {
    throw new InvalidFieldError(nameField, 'is a string with half a Unicode character (a lone surrogate).')
  }
  return { kind: 'name', eventType, name, mayCreate: goalMatching !== 'match only' }
}

/** Names under which an event's goal may exist, best first, and the name it is created with. */
export function goalNames(eventType: string, name: string): { existing: string[]; created: string } {
  const created = segmentGoalName(eventType, name)
  return { existing: [name, created, formerGoalName(name)], created }
}

/** What tells one goal from another, whether it is known by number or by name. */
export function goalSubject(goal: GoalReference): string {
  return goal.kind === 'id' ? `#${goal.goalId}` : goal.name
}
