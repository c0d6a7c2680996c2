import { conversion } from '../telling/conversion'
import { customDataEvents } from '../telling/custom-data'
import { deviceDataEvents } from '../telling/device-data'
import { goalOf } from '../telling/goal'
import { pageView } from '../telling/page-view'
import { requireText } from '../telling/required-text'
import { tell } from '../telling/telling'
import type { PlannedEvent, Skip, Telling } from '../telling/telling'
import type { Payload } from './generated-types'

/**
 * Page calls: the page that was seen, and for a named page or a chosen goal the conversion.
 * @throws InvalidFieldError for a field that Kameleoon would throw away
 */
export function tellPageEvent(payload: Payload): Telling | Skip {
  requireText(payload, 'type')
  const visitEvents = [
    ...pageView(payload.properties, payload.context),
    ...goalConversion(payload),
    ...customDataEvents(payload.customData),
    ...(payload.sendDeviceData ? deviceDataEvents(payload.context) : [])
  ]
  if (visitEvents.length > 0) return tell({ visitEvents })
  return { skipped: 'The page call has no address, no name and no custom data, so there is nothing to tell Kameleoon.' }
}

function goalConversion(payload: Payload): PlannedEvent[] {
  const isWanted = !!payload.name?.trim() || !!payload.goalId?.trim()
  const goal = isWanted ? goalOf(payload, payload.type, payload.name, 'name') : undefined
  return goal ? [conversion(goal, { revenue: 0, negative: false }, payload.conversionMetadata)] : []
}
