import { conversionMetadata, customDataEvents } from '../telling/custom-data'
import { deviceDataEvents } from '../telling/device-data'
import { goalOf, goalSubject } from '../telling/goal'
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
  requireText(payload, ['type'])
  const visitEvents = [
    ...pageView(payload.properties, payload.context),
    ...conversion(payload),
    ...customDataEvents(payload.customData),
    ...(payload.sendDeviceData ? deviceDataEvents(payload.context) : [])
  ]
  if (visitEvents.length > 0) return tell({ visitEvents })
  return { skipped: 'The page call has no address, no name and no custom data, so there is nothing to tell Kameleoon.' }
}

function conversion(payload: Payload): PlannedEvent[] {
  const isWanted = !!payload.name?.trim() || !!payload.goalId?.trim()
  const goal = isWanted ? goalOf(payload, payload.type, payload.name, 'name') : undefined
  if (!goal) return []
  const metadata = conversionMetadata(payload.conversionMetadata)
  const parameters = { revenue: 0, negative: false, ...(metadata ? { metadata } : {}) }
  return [{ eventType: 'CONVERSION', subject: goalSubject(goal), goal, parameters }]
}
