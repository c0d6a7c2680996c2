import { InvalidFieldError, optionalFlag, requireText } from '../invalid-field'
import { amountOf } from '../plan/amount'
import { audienceChange, audienceWrites, computedTrait, isComputation } from '../plan/audience'
import { conversion, goalOf } from '../plan/conversion'
import { crossDeviceEvents, customDataEvents } from '../plan/custom-data'
import { eventKindOf } from '../plan/event-names'
import type { EventKind } from '../plan/event-names'
import { filtered, planOf } from '../plan/plan'
import type { Filtered, MapWrite, Plan, PlannedEvent } from '../plan/plan'
import { storableTraits } from '../plan/storable'
import { keysOfVisitor, linkWrites, storageOptions } from '../plan/stored-maps'
import { deviceDataEvents, mappedVisitEvent } from '../plan/visit-events'
import { own } from '../values'
import type { Visitor } from '../visitor'
import type { Payload } from './generated-types'

/** Events that Segment makes from warehouse data, and journey steps that name no audience. */
const MADE_BY_SEGMENT = new Set<EventKind>(['warehouse entity', 'reverse ETL', 'journey step'])

/**
 * Plans a track or screen call: a conversion, or the Data API event that the mapping names; a change of an audience, a
 * computed trait or a link. Custom data and device data come with each of them.
 * @throws InvalidFieldError for a field that Kameleoon would discard
 */
export function planLogEvent(payload: Payload, visitor: Visitor): Plan | Filtered {
  requireText(payload, 'type')
  requireText(payload, 'messageId')
  const isMapped = payload.goalId !== undefined || payload.visitEventType !== undefined
  const kind = eventKindOf(payload.event)
  if (kind === 'exposure' && !isMapped && isKameleoonsOwn(payload)) {
    return filtered(`"${payload.event}" comes from Kameleoon itself and is not sent back.`)
  }
  if (payload.type === 'screen') return planScreen(payload)
  if (kind === 'identifier') return planLink(payload, visitor)
  const mapWrites = storedDataOf(payload, kind, visitor)
  if (mapWrites) return planOf({ visitEvents: visitorData(payload), mapWrites })
  if (!isMapped && isMadeBySegment(payload, kind)) {
    return filtered(
      `Segment itself makes "${payload.event}" events from audiences and warehouse data. Choose a Goal in the mapping to count them.`
    )
  }
  return planOf({ visitEvents: [...mainEvent(payload, kind), ...visitorData(payload)] })
}

/** Other tools use the names of Kameleoon's exposures for theirs, but not the names of its properties. */
function isKameleoonsOwn({ properties }: Payload): boolean {
  return ['experimentID', 'personalizationID'].some((name) => own(properties, name) !== undefined)
}

function isMadeBySegment(payload: Payload, kind: EventKind): boolean {
  return MADE_BY_SEGMENT.has(kind) || isComputation(payload)
}

/** Apps send screen calls without a name, which is no mistake of the event. */
function planScreen(payload: Payload): Plan | Filtered {
  const isNamed = !!payload.event?.trim() || payload.goalId !== undefined || payload.visitEventType !== undefined
  const visitEvents = [...(isNamed ? mainEvent(payload, 'other') : []), ...visitorData(payload)]
  if (isNamed || visitEvents.length > 0) return planOf({ visitEvents })
  return filtered('The screen call has no name, so there is no goal to convert.')
}

function planLink(payload: Payload, visitor: Visitor): Plan | Filtered {
  if (visitor.identifiedBy !== 'visitor code') {
    throw new InvalidFieldError(
      'properties.k_visitorCode',
      'is missing: "Kameleoon identifier" links a user to a visitor code.'
    )
  }
  const mapWrites = linkWrites(visitor, storageOptions({}))
  const visitEvents = [...visitorData(payload), ...crossDeviceEvents(payload, visitor)]
  if (mapWrites.length + visitEvents.length > 0) return planOf({ mapWrites, visitEvents })
  const hasId = visitor.ids.userId !== undefined || visitor.ids.anonymousId !== undefined
  const reason = hasId ? 'The id is the visitor code already.' : 'The event has no user id and no anonymous id to link.'
  return filtered([reason, ...visitor.notes].join(' '))
}

/** What a track call of Segment Engage changes in stored data, if it is one. */
function storedDataOf(payload: Payload, kind: EventKind, visitor: Visitor): MapWrite[] | undefined {
  const trait = computedTrait(payload, kind)
  if (trait) {
    const fields = storableTraits(trait)
    return keysOfVisitor('identify', visitor).map((key) => ({ key, fields, ...storageOptions({}) }))
  }
  const change = audienceChange(payload, kind)
  return change && audienceWrites(change, visitor, storageOptions({}))
}

function mainEvent(payload: Payload, kind: EventKind): PlannedEvent[] {
  if (payload.visitEventType) return [mappedVisitEvent(payload.visitEventType, payload.visitEventParameters)]
  const goal = goalOf(payload, payload.type, payload.event, 'event')
  if (!goal) return []
  return [conversion(goal, amountOf(payload, kind), payload.conversionMetadata)]
}

function visitorData({ customData, customDataLists, sendDeviceData, context }: Payload): PlannedEvent[] {
  const sendsDevice = optionalFlag(sendDeviceData, 'sendDeviceData')
  return [...customDataEvents(customData, customDataLists), ...(sendsDevice ? deviceDataEvents(context) : [])]
}
