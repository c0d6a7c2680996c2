import type { HttpReply, KameleoonClient } from '../kameleoon-api/http'
import { sendVisitEvents } from '../kameleoon-api/data-api'
import { ResponseError } from '../kameleoon-api/errors'
import { MAX_VISIT_EVENTS_BYTES, MAX_VISIT_EVENTS_PER_REQUEST, packed } from '../kameleoon-api/limits'
import type { EventOwner, VisitEvent } from '../kameleoon-api/wire'
import type { PlannedConversion, PlannedEvent } from '../plan/plan'
import type { Visitor } from '../visitor'
import { conversionParameters, crossDeviceParameters, customDataParameters } from './custom-data'
import type { CustomDataFacts } from './custom-data'
import { payloadFailure } from './failure'
import { HalvingSender } from './halving'
import type { Stops } from './halving'
import type { Message } from './outcome'
import { nonceOf } from './nonce'
import { answersIn } from './outcome'
import type { WantedGoals } from './wanted-goals'

/** Turns the planned visit events of a message into events on the wire. The first of them carries the user agent. */
export function resolveVisitEvents(message: Message, wanted: WantedGoals, customData: CustomDataFacts): void {
  const events: VisitEvent[] = []
  message.plan.visitEvents.forEach((planned, position) => {
    const event = wireEvent(message, planned, position, events.length === 0, wanted, customData)
    if (event) events.push(event)
  })
  message.visitEvents = events
}

function wireEvent(
  message: Message,
  planned: PlannedEvent,
  position: number,
  isFirst: boolean,
  wanted: WantedGoals,
  customData: CustomDataFacts
): VisitEvent | undefined {
  const { eventType, subject } = planned
  const { visitor } = message
  const owner = ownerOf(visitor)
  const userAgent = isFirst && message.userAgent !== undefined ? { userAgent: message.userAgent } : undefined
  if (planned.kind === 'conversion') {
    const goalId = goalIdOf(planned, wanted, message)
    if (goalId === undefined) return undefined
    const { revenue, negative } = planned.parameters
    const amount = negative ? -revenue : revenue
    const nonce = nonceOf(message.identity, ownerText(visitor), eventType, position, subject, amount)
    const parameters = conversionParameters(planned.parameters, customData.definitions, message)
    return { eventType: planned.eventType, ...owner, nonce, ...userAgent, goalId, ...parameters }
  }
  const parameters = parametersOf(planned, customData, message)
  if (parameters === undefined) return undefined
  const nonce = nonceOf(message.identity, ownerText(visitor), eventType, position, subject)
  // A planned event has the parameters of its type; the compiler does not keep the two together across a spread.
  return { eventType, ...owner, nonce, ...userAgent, ...parameters } as VisitEvent
}

function parametersOf(
  planned: Exclude<PlannedEvent, PlannedConversion>,
  { definitions, mappingIdentifier }: CustomDataFacts,
  message: Message
): object | undefined {
  switch (planned.kind) {
    case 'event':
      return planned.parameters
    case 'custom data':
      return customDataParameters(planned, definitions, message)
    case 'cross-device id':
      return crossDeviceParameters(planned, mappingIdentifier)
  }
}

function ownerOf({ visitorCode, identifiedBy }: Visitor): EventOwner {
  return identifiedBy === 'cross-device id' ? { mappingValue: visitorCode } : { visitorCode }
}

/** The owner for the nonce: a user id as cross-device id is not the visitor with that code. */
function ownerText({ visitorCode, identifiedBy }: Visitor): string {
  return identifiedBy === 'cross-device id' ? `mappingValue=${visitorCode}` : visitorCode
}

function goalIdOf({ goal, notes }: PlannedConversion, wanted: WantedGoals, message: Message): number | undefined {
  for (const note of notes) message.note(note)
  if (goal.kind === 'id') return goal.goalId
  const found = wanted.get(goal)
  if (found?.kind === 'failed') message.fail(found.failure)
  if (found?.kind === 'none') message.lacksGoal(found.reason)
  if (found?.kind !== 'goal') return undefined
  if (found.note !== undefined) message.note(found.note)
  return found.goalId
}

/** Sends the visit events of all messages, in as few requests as Kameleoon's limits allow. */
export async function deliverVisitEvents(client: KameleoonClient, messages: Message[], stops: Stops): Promise<void> {
  const requests = requestsOf(messages.filter(isComplete))
  const bodies = new Map(requests.map(({ part, body }) => [part, body]))
  const sender = new HalvingSender<Message, HttpReply>(stops, stops.writing, {
    send: (some) => sendVisitEvents(client, bodies.get(some) ?? bodyOf(some)),
    delivered: (some, reply) => {
      const answers = answersIn(reply)
      for (const message of some) message.answered(answers)
    },
    failed: (some, failure, error) => {
      for (const message of some) {
        message.fail(isTooLarge(error) ? rejectedAsTooLarge(bytesOf(message), error) : failure)
      }
    }
  })
  await sender.sendAll(requests.map(({ part }) => part))
}

/** A message whose goal could not be looked up is not sent in part: it is tried again as a whole. */
function isComplete({ visitEvents, failure }: Message): boolean {
  return visitEvents.length > 0 && !failure
}

/** A JSON array. Encoding all events of a request in one go takes half the time of encoding one after another. */
function bodyOf(messages: Message[]): string {
  return JSON.stringify(messages.flatMap(({ visitEvents }) => visitEvents))
}

/**
 * Divides messages into requests; the events of one message stay together. Usually the number of events decides alone, so
 * the sizes of single messages are measured only if a body comes out too large.
 */
function requestsOf(messages: Message[]): Array<{ part: Message[]; body?: string }> {
  const requests = packed(messages, [BY_COUNT]).map((part) => ({ part, body: bodyOf(part) }))
  if (requests.every(({ body }) => fits(body))) return requests
  return packed(messages.filter(isSmall), [BY_COUNT, BY_BYTES]).map((part) => ({ part }))
}

/** A UTF-16 code unit takes at most three bytes of UTF-8, so most bodies need not be measured. */
function fits(body: string): boolean {
  return body.length * 3 <= MAX_VISIT_EVENTS_BYTES || Buffer.byteLength(body) <= MAX_VISIT_EVENTS_BYTES
}

function isSmall(message: Message): boolean {
  const bytes = bytesOf(message)
  if (bytes + BRACKETS <= MAX_VISIT_EVENTS_BYTES) return true
  message.fail(tooLarge(bytes))
  return false
}

/** Bytes of the encoded visit events, without the brackets around them. */
function bytesOf({ visitEvents }: Message): number {
  return Buffer.byteLength(JSON.stringify(visitEvents)) - BRACKETS
}

const COMMA = 1
const BRACKETS = 2

const BY_COUNT = { most: MAX_VISIT_EVENTS_PER_REQUEST, sizeOf: ({ visitEvents }: Message) => visitEvents.length }

/** With a comma after every message; the last one needs none. */
const BY_BYTES = {
  most: MAX_VISIT_EVENTS_BYTES - BRACKETS + COMMA,
  sizeOf: (message: Message) => bytesOf(message) + COMMA
}

function isTooLarge(error: unknown): error is ResponseError {
  return error instanceof ResponseError && error.status === 413
}

function tooLarge(bytes: number) {
  return payloadFailure(
    `The event needs ${bytes} bytes; at most ${MAX_VISIT_EVENTS_BYTES} bytes of visit events fit into one request to Kameleoon.`
  )
}

function rejectedAsTooLarge(bytes: number, { message }: ResponseError) {
  const limit = `though its limit is above ${MAX_VISIT_EVENTS_BYTES}`
  return payloadFailure(
    `The event has ${bytes} bytes, which Kameleoon rejected as too large ${limit}: ${message.replace(/\.$/, '')}.`
  )
}
