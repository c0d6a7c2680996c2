import { InvalidFieldError } from '../errors'
import { audienceChange, audienceWrites } from '../telling/audience'
import { conversion } from '../telling/conversion'
import { customDataEvents } from '../telling/custom-data'
import { deviceDataEvents } from '../telling/device-data'
import { goalOf } from '../telling/goal'
import { linkWrites } from '../telling/links'
import { revenueOf } from '../telling/revenue'
import { storageOptions } from '../telling/storage-options'
import { requireText } from '../telling/required-text'
import { tell } from '../telling/telling'
import type { PlannedEvent, Skip, Telling } from '../telling/telling'
import { mappedVisitEvent } from '../telling/visit-event'
import type { Visitor } from '../visitor/visitor'
import type { Payload } from './generated-types'

/** Events that Kameleoon itself sends to Segment when it shows a campaign: they would come back as goals. */
const EXPOSURE_EVENTS = ['Experiment Viewed', 'Personalization Viewed']

/** The track call of the classic destination that says which visitor a Segment user is. */
const IDENTIFIER_EVENT = 'Kameleoon identifier'

/**
 * Track and screen calls: a conversion, or what the mapping asks for instead; audience membership; or a link.
 * @throws InvalidFieldError for a field that Kameleoon would throw away
 */
export function tellLogEvent(payload: Payload, visitor: Visitor): Telling | Skip {
  requireText(payload, 'type')
  requireText(payload, 'messageId')
  if (payload.event !== undefined && EXPOSURE_EVENTS.includes(payload.event) && !payload.visitEventType) {
    return { skipped: `"${payload.event}" comes from Kameleoon itself and is not sent back.` }
  }
  const isTrack = payload.type !== 'screen'
  if (isTrack && payload.event === IDENTIFIER_EVENT) return tellLink(payload, visitor)
  const change = isTrack ? audienceChange(payload) : undefined
  if (!change) return tell({ visitEvents: joined(mainEvent(payload), besideEvents(payload)) })
  const mapWrites = audienceWrites(change, visitor, payload.userId, storageOptions({}))
  return tell({ visitEvents: besideEvents(payload), mapWrites })
}

function tellLink(payload: Payload, visitor: Visitor): Telling | Skip {
  if (visitor.isUserId) {
    throw new InvalidFieldError('properties.k_visitorCode', `is missing: "${IDENTIFIER_EVENT}" links a user to it.`)
  }
  const mapWrites = linkWrites(visitor, payload, storageOptions({}))
  const visitEvents = besideEvents(payload)
  if (mapWrites.length + visitEvents.length > 0) return tell({ mapWrites, visitEvents })
  return { skipped: 'The user id is the visitor code already.' }
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
