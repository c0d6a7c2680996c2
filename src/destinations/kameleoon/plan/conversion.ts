import { InvalidFieldError, rejectLoneSurrogate, wholeNumber } from '../invalid-field'
import type { Amount } from './amount'
import { conversionMetadata } from './custom-data'
import { goalNameIn } from './goal-names'
import type { ConversionParameters, GoalReference, PlannedConversion } from './plan'

export const GOAL_MATCHING = ['match or create', 'match only', 'none'] as const

export interface GoalFields {
  /** Number of the goal, as digits. Without it the goal is found by the name of the event. */
  goalId?: string
  /** One of `GOAL_MATCHING`. Default: match or create. */
  goalMatching?: string
}

/**
 * A CONVERSION event.
 * @param metadata custom data index to values, attached to the conversion
 * @throws InvalidFieldError for metadata that cannot be custom data
 */
export function conversion(
  goal: GoalReference,
  amount: Amount,
  metadata: Record<string, unknown> | undefined
): PlannedConversion {
  const { attached, notes } = conversionMetadata(metadata)
  const parameters: ConversionParameters = attached ? { ...amount, metadata: attached } : amount
  const subject = attached ? `${goalSubject(goal)}\n${JSON.stringify(attached)}` : goalSubject(goal)
  return { kind: 'conversion', eventType: 'CONVERSION', subject, goal, parameters, notes }
}

/**
 * The goal that an event converts: the mapped one, else one found by name.
 * @param eventType `track`, `screen` or `page`
 * @param nameField the field that has the name, for the error
 * @returns undefined if the mapping wants no conversion
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
  const name = eventName === undefined ? undefined : goalNameIn(eventName)
  if (!name) {
    throw new InvalidFieldError(nameField, 'is missing. Send a name, or choose a Goal in the mapping.')
  }
  rejectLoneSurrogate(name, nameField)
  return { kind: 'name', eventType, name, mayCreate: goalMatching !== 'match only' }
}

/** Distinguishes goals, known by number or by name, in the nonce. */
function goalSubject(goal: GoalReference): string {
  return goal.kind === 'id' ? `#${goal.goalId}` : goal.name
}
