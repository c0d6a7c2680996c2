import { InvalidFieldError, requireText } from '../invalid-field'
import { audienceChange, audienceWrites } from '../plan/audience'
import { deviceDataEvents } from '../plan/visit-events'
import { conversion, goalOf, revenueOf } from '../plan/conversion'
import { customDataEvents } from '../plan/custom-data'
import { filtered, planOf } from '../plan/plan'
import type { Filtered, Plan, PlannedEvent } from '../plan/plan'
import { linkWrites, storageOptions } from '../plan/stored-maps'
import { mappedVisitEvent } from '../plan/visit-events'
import type { Visitor } from '../visitor'
import type { Payload } from './generated-types'

/** Kameleoon sends these events to Segment when it shows a campaign. Sent back, they would become goals. */
const EXPOSURE_EVENTS = ['Experiment Viewed', 'Personalization Viewed']

/** The track call of the classic destination that links a Segment user to a visitor code. */
const IDENTIFIER_EVENT = 'Kameleoon identifier'

/**
 * Plans a track or screen call: a conversion, or the Data API event that the mapping names; a change of an audience; or a
 * link. Custom data and device data come with each of them.
 * @throws InvalidFieldError for a field that Kameleoon would discard
 */
export function planLogEvent(payload: Payload, visitor: Visitor): Plan | Filtered {
  requireText(payload, 'type')
  requireText(payload, 'messageId')
  if (payload.event !== undefined && EXPOSURE_EVENTS.includes(payload.event) && !payload.visitEventType) {
    return filtered(`"${payload.event}" comes from Kameleoon itself and is not sent back.`)
  }
  const isTrack = payload.type !== 'screen'
  if (isTrack && payload.event === IDENTIFIER_EVENT) return planLink(payload, visitor)
  const change = isTrack ? audienceChange(payload) : undefined
  if (!change) return planOf({ visitEvents: [...mainEvent(payload), ...visitorData(payload)] })
  const mapWrites = audienceWrites(change, visitor, payload.userId, storageOptions({}))
  return planOf({ visitEvents: visitorData(payload), mapWrites })
}

function planLink(payload: Payload, visitor: Visitor): Plan | Filtered {
  if (visitor.isUserId) {
    throw new InvalidFieldError(
      'properties.k_visitorCode',
      `is missing: "${IDENTIFIER_EVENT}" links a user to a visitor code.`
    )
  }
  const mapWrites = linkWrites(visitor, payload, storageOptions({}))
  const visitEvents = visitorData(payload)
  if (mapWrites.length + visitEvents.length > 0) return planOf({ mapWrites, visitEvents })
  return filtered('The user id is the visitor code already.')
}

function mainEvent(payload: Payload): PlannedEvent[] {
  if (payload.visitEventType) return [mappedVisitEvent(payload.visitEventType, payload.visitEventParameters)]
  const goal = goalOf(payload, payload.type, payload.event, 'event')
  return goal ? [conversion(goal, revenueOf(payload), payload.conversionMetadata)] : []
}

function visitorData({ customData, sendDeviceData, context }: Payload): PlannedEvent[] {
  return [...customDataEvents(customData), ...(sendDeviceData ? deviceDataEvents(context) : [])]
}
