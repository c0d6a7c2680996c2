import { conversionMetadata } from './custom-data'
import { goalSubject } from './goal'
import type { GoalReference, PlannedEvent } from './plan'

/**
 * A CONVERSION event.
 * @param metadata custom data index to values, attached to the conversion
 * @throws InvalidFieldError for metadata that is no custom data
 */
export function conversion(
  goal: GoalReference,
  amount: { revenue: number; negative: boolean },
  metadata: Record<string, unknown> | undefined
): PlannedEvent {
  const attached = conversionMetadata(metadata)
  const parameters = attached ? { ...amount, metadata: attached } : amount
  const subject = attached ? `${goalSubject(goal)}\n${JSON.stringify(attached)}` : goalSubject(goal)
  return { kind: 'conversion', eventType: 'CONVERSION', subject, goal, parameters }
}
