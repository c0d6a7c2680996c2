import { optionalFlag, requireText } from '../invalid-field'
import { deviceDataEvents, pageView } from '../plan/visit-events'
import { conversion, goalOf } from '../plan/conversion'
import { customDataEvents } from '../plan/custom-data'
import { filtered, planOf } from '../plan/plan'
import type { Filtered, Plan, PlannedEvent } from '../plan/plan'
import type { Payload } from './generated-types'

/**
 * Plans a page call: the page view, and a conversion if the page has a name or the mapping has a goal.
 * @throws InvalidFieldError for a field that Kameleoon would discard
 */
export function planPageEvent(payload: Payload): Plan | Filtered {
  requireText(payload, 'type')
  const visitEvents = [
    ...pageView(payload.properties, payload.context),
    ...goalConversion(payload),
    ...customDataEvents(payload.customData, payload.customDataLists),
    ...(optionalFlag(payload.sendDeviceData, 'sendDeviceData') ? deviceDataEvents(payload.context) : [])
  ]
  if (visitEvents.length > 0) return planOf({ visitEvents })
  return filtered('The page call has no address, no name and no custom data, so there is nothing to send.')
}

function goalConversion(payload: Payload): PlannedEvent[] {
  const isWanted = !!payload.name?.trim() || payload.goalId !== undefined
  const goal = isWanted ? goalOf(payload, payload.type, payload.name, 'name') : undefined
  return goal ? [conversion(goal, { revenue: 0, negative: false }, payload.conversionMetadata)] : []
}
