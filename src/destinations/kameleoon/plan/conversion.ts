import { InvalidFieldError, rejectLoneSurrogate, wholeNumber } from '../invalid-field'
import { kindOf, own } from '../values'
import { conversionMetadata } from './custom-data'
import type { ConversionParameters, GoalReference, PlannedConversion } from './plan'

export const GOAL_MATCHING = ['match or create', 'match only', 'none'] as const

/** Segment's own name for a refund. https://segment.com/docs/connections/spec/ecommerce/v2/#order-refunded */
const REFUND_EVENT = 'Order Refunded'

export interface GoalFields {
  /** Number of the goal, as digits. Without it the goal is found by the name of the event. */
  goalId?: string
  /** One of `GOAL_MATCHING`. Default: match or create. */
  goalMatching?: string
}

export interface RevenueFields {
  event?: string
  revenue?: number
  /** Whether the amount is refunded. Default: see `revenueOf`. */
  negative?: boolean
  properties?: Record<string, unknown>
}

/** The amount of a conversion as Kameleoon reads it: `revenue` is never below zero, `negative` marks a refund. */
type Amount = Omit<ConversionParameters, 'metadata'>

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
  const attached = conversionMetadata(metadata)
  const parameters: ConversionParameters = attached ? { ...amount, metadata: attached } : amount
  const subject = attached ? `${goalSubject(goal)}\n${JSON.stringify(attached)}` : goalSubject(goal)
  return { kind: 'conversion', eventType: 'CONVERSION', subject, goal, parameters }
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
  const name = eventName?.trim()
  if (!name) {
    throw new InvalidFieldError(nameField, 'is missing. Send a name, or choose a Goal in the mapping.')
  }
  rejectLoneSurrogate(name, nameField)
  return { kind: 'name', eventType, name, mayCreate: goalMatching !== 'match only' }
}

/** Names under which the goal of an event may exist, best first, and the name with which it is created. */
export function goalNames(eventType: string, name: string): { existing: string[]; created: string } {
  const created = segmentGoalName(eventType, name)
  return { existing: [name, created, formerGoalName(name)], created }
}

/** The name that Kameleoon's Segment integration gives a goal. https://docs.kameleoon.com/user-manual/integrations/as-a-destination/cdp/segment/setting-up-segment */
function segmentGoalName(eventType: string, eventName: string): string {
  return `SegmentIO ${eventType} - ${eventName}`
}

/** The name on an older help page of Kameleoon. Such a goal is found, but never created. https://help.kameleoon.com/setting-up-segment-destination-actions/ */
function formerGoalName(eventName: string): string {
  return `Segment.io – ${eventName}`
}

/** Distinguishes goals, known by number or by name, in the nonce. */
function goalSubject(goal: GoalReference): string {
  return goal.kind === 'id' ? `#${goal.goalId}` : goal.name
}

/**
 * The amount of a conversion, 0 without revenue. It is refunded if the mapping says so, if the amount is below zero, or,
 * where the mapping says nothing, for Segment's `Order Refunded`.
 * @throws InvalidFieldError for an amount that is not a finite number or is negative zero
 */
export function revenueOf({ event, revenue = 0, negative, properties }: RevenueFields): Amount {
  if (typeof revenue !== 'number' || !Number.isFinite(revenue)) {
    throw new InvalidFieldError('revenue', `must be a number, but it is ${kindOf(revenue)}.`)
  }
  rejectCoerced(revenue, properties)
  if (Object.is(revenue, -0)) {
    throw new InvalidFieldError('revenue', 'is negative zero (-0): send 0, or a refund with its amount.')
  }
  return { revenue: Math.abs(revenue), negative: revenue < 0 || (negative ?? event === REFUND_EVENT) }
}

/** The framework turns `true` into 1 and `[5]` into 5 before the action runs; the properties still have the original. */
function rejectCoerced(revenue: number, properties: unknown): void {
  for (const name of ['revenue', 'total']) {
    const source = own(properties, name)
    const isCoerced = typeof source === 'boolean' || Array.isArray(source)
    if (isCoerced && Number(source) === revenue) {
      throw new InvalidFieldError(`properties.${name}`, `must be a number, but it is ${kindOf(source)}.`)
    }
    if (source !== undefined && source !== null) return
  }
}
