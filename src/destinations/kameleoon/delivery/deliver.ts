import { IntegrationError } from '@segment/actions-core'
import { kameleoonClient } from '../api/client'
import type { KameleoonClient } from '../api/client'
import type { HttpRequest } from '../api/http'
import type { Settings } from '../generated-types'
import { ownText } from '../own'
import { connectionFrom } from '../settings'
import { eventTime, skipIfOld } from '../telling/age'
import { isSkip } from '../telling/telling'
import type { Skip, Telling } from '../telling/telling'
import { visitorOf } from '../visitor/visitor'
import type { Visitor, VisitorFields, VisitorReference } from '../visitor/visitor'
import { failureOf, payloadFailure } from './failure'
import { resolveVisitEvents } from './goals'
import type { Gates } from './halving'
import { deliverMaps } from './maps'
import { outcomeOf } from './message'
import type { Message } from './message'
import type { Outcome } from './outcome'
import { deliverVisitEvents } from './visit-events'
import { lookUpLinks } from './visitors'
import type { Links } from './visitors'

/** The fields that delivery itself reads, whatever the action. */
export interface CommonPayload extends VisitorFields {
  timestamp: string | number
  messageId?: string
  maxEventAgeHours?: number
}

/** The pure heart of an action: what Kameleoon should be told about one event. */
export type Tell<Payload> = (payload: Payload, visitor: Visitor) => Telling | Skip

/** An event that was found good so far, and whose visitor is known or can be looked up. */
interface Admitted<Payload> {
  payload: Payload
  reference: VisitorReference
}

/**
 * Delivers payloads to Kameleoon.
 * @returns one outcome per payload, in their order; nothing is thrown for what Kameleoon or the data may do
 */
export async function deliver<Payload extends CommonPayload>(
  request: HttpRequest,
  settings: Settings,
  payloads: Payload[],
  tell: Tell<Payload>
): Promise<Outcome[]> {
  try {
    return await deliverTo(kameleoonClient(request, connectionFrom(settings)), payloads, tell)
  } catch (error) {
    const failure = failureOf(error)
    return payloads.map(() => ({ kind: 'refused', failure }))
  }
}

async function deliverTo<Payload extends CommonPayload>(
  client: KameleoonClient,
  payloads: Payload[],
  tell: Tell<Payload>
): Promise<Outcome[]> {
  const gates: Gates = { reading: {}, writing: {} }
  const admitted = payloads.map((payload) => settled(() => admit(payload)))
  const references = admitted.filter(isOpen).map(({ reference }) => reference)
  const links = await lookUpLinks(client, references, gates.reading)
  const entries = admitted.map((entry) => (isOpen(entry) ? settled(() => messageOf(entry, links, tell)) : entry))
  const messages = entries.filter(isOpen)
  await resolveVisitEvents(client, messages)
  await deliverVisitEvents(client, messages, gates.writing)
  await deliverMaps(client, messages, gates)
  return entries.map((entry) => (isOpen(entry) ? outcomeOf(entry) : entry))
}

function isOpen<T extends object>(entry: T | Outcome): entry is T {
  return !('kind' in entry)
}

/** Whatever is wrong with one event ends in an outcome of that event alone. */
function settled<T extends object>(step: () => T | Outcome): T | Outcome {
  try {
    return step()
  } catch (error) {
    return { kind: 'refused', failure: error instanceof IntegrationError ? failureOf(error) : unforeseen(error) }
  }
}

/** A value that no check foresaw, such as one that contains itself, is this event's own fault and no other's. */
function unforeseen(error: unknown) {
  return payloadFailure(
    `The event cannot be sent: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown error'}`
  )
}

function admit<Payload extends CommonPayload>(payload: Payload): Admitted<Payload> | Outcome {
  const skip = skipIfOld(payload)
  if (skip) return { kind: 'skipped', reason: skip.skipped }
  return { payload, reference: visitorOf(payload) }
}

function messageOf<Payload extends CommonPayload>(
  { payload, reference }: Admitted<Payload>,
  links: Links,
  tell: Tell<Payload>
): Message | Outcome {
  const visitor = links.visitorOf(reference)
  if ('isRetryable' in visitor) return { kind: 'refused', failure: visitor }
  const telling = tell(payload, visitor)
  if (isSkip(telling)) return { kind: 'skipped', reason: telling.skipped }
  return {
    identity: payload.messageId || wholePayload(payload),
    visitor,
    userAgent: ownText(payload.context, 'userAgent'),
    // The framework has checked the timestamp already; only the order of stored data needs it again.
    time: telling.mapWrites.length > 0 ? eventTime(payload.timestamp) : 0,
    telling,
    visitEvents: [],
    missingGoals: [],
    sentMaps: {},
    replies: [],
    failures: []
  }
}

/** Empty strings count as absent: the framework leaves them out of single events only. */
function wholePayload(payload: object): string {
  return JSON.stringify(payload, (_key, value: unknown) => (value === '' ? undefined : value))
}
