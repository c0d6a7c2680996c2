import { conversion } from '../plan/conversion'
import { customDataEvents } from '../plan/custom-data'
import { deviceDataEvents } from '../plan/device-data'
import { goalOf } from '../plan/goal'
import { pageView } from '../plan/page-view'
import { requireText } from '../plan/required-text'
import { filtered, planOf } from '../plan/plan'
import type { Filtered, Plan, PlannedEvent } from '../plan/plan'
import type { Payload } from './generated-types'

/**
 * Page calls: the page that was seen, and for a named page or a chosen goal the conversion.
 * @throws InvalidFieldError for a field that Kameleoon would discard
 */
export function planPageEvent(payload: Payload): Plan | Filtered {
  requireText(payload, 'type')
  const visitEvents = [
    ...pageView(payload.properties, payload.context),
    ...goalConversion(payload),
    ...customDataEvents(payload.customData),
    ...(payload.sendDeviceData ? deviceDataEvents(payload.context) : [])
  ]
  if (visitEvents.length > 0) return planOf({ visitEvents })
  return filtered('The page call has no address, no name and no custom data, so there is nothing to tell Kameleoon.')
}

function goalConversion(payload: Payload): PlannedEvent[] {
  const isWanted = !!payload.name?.trim() || !!payload.goalId?.trim()
  const goal = isWanted ? goalOf(payload, payload.type, payload.name, 'name') : undefined
  return goal ? [conversion(goal, { revenue: 0, negative: false }, payload.conversionMetadata)] : []
}
