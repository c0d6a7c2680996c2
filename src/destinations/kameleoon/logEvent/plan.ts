import { InvalidFieldError } from '../errors'
import { audienceChange, audienceWrites } from '../plan/audience'
import { conversion } from '../plan/conversion'
import { customDataEvents } from '../plan/custom-data'
import { deviceDataEvents } from '../plan/device-data'
import { goalOf } from '../plan/goal'
import { linkWrites } from '../plan/links'
import { revenueOf } from '../plan/revenue'
import { storageOptions } from '../plan/storage-options'
import { requireText } from '../plan/required-text'
import { filtered, planOf } from '../plan/plan'
import type { Filtered, Plan, PlannedEvent } from '../plan/plan'
import { mappedVisitEvent } from '../plan/visit-event'
import type { Visitor } from '../visitor/visitor'
import type { Payload } from './generated-types'

/** Events that Kameleoon itself sends to Segment when it shows a campaign: they would come back as goals. */
const EXPOSURE_EVENTS = ['Experiment Viewed', 'Personalization Viewed']

/** The track call of the classic destination that says which visitor a Segment user is. */
const IDENTIFIER_EVENT = 'Kameleoon identifier'

/**
 * Track and screen calls: a conversion, or what the mapping asks for instead; audience membership; or a link.
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
  if (!change) return planOf({ visitEvents: joined(mainEvent(payload), besideEvents(payload)) })
  const mapWrites = audienceWrites(change, visitor, payload.userId, storageOptions({}))
  return planOf({ visitEvents: besideEvents(payload), mapWrites })
}

function planLink(payload: Payload, visitor: Visitor): Plan | Filtered {
  if (visitor.isUserId) {
    throw new InvalidFieldError('properties.k_visitorCode', `is missing: "${IDENTIFIER_EVENT}" links a user to it.`)
  }
  const mapWrites = linkWrites(visitor, payload, storageOptions({}))
  const visitEvents = besideEvents(payload)
  if (mapWrites.length + visitEvents.length > 0) return planOf({ mapWrites, visitEvents })
  return filtered('The user id is the visitor code already.')
}

function mainEvent(payload: Payload): PlannedEvent[] {
  if (payload.visitEventType) return [mappedVisitEvent(payload.visitEventType, payload.visitEventParameters)]
  const goal = goalOf(payload, payload.type, payload.event, 'event')
  if (!goal) return []
  return [conversion(goal, revenueOf(payload), payload.conversionMetadata)]
}

/** Most events have nothing beside the main one. */
function joined(main: readonly PlannedEvent[], beside: readonly PlannedEvent[]): readonly PlannedEvent[] {
  return beside.length === 0 ? main : [...main, ...beside]
}

function besideEvents({ customData, sendDeviceData, context }: Payload): readonly PlannedEvent[] {
  const events = customDataEvents(customData)
  return sendDeviceData ? [...events, ...deviceDataEvents(context)] : events
}
