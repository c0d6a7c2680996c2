import type { KameleoonClient } from '../kameleoon-api/client'
import { ResponseError } from '../kameleoon-api/errors'
import { MAX_VISIT_EVENTS_BYTES, MAX_VISIT_EVENTS_PER_REQUEST } from '../kameleoon-api/limits'
import { sendVisitEvents } from '../kameleoon-api/visit-events'
import { payloadFailure } from './failure'
import { sendHalving } from './halving'
import type { Gate } from './halving'
import type { Message } from './message'
import { answersIn } from './outcome'

/** Messages whose visit events go in one request; their body is encoded when the sizes were checked, or when it is sent. */
interface Parcel {
  messages: Message[]
  body?: string
}

/** Sends the visit events of all messages, in as few requests as Kameleoon's limits allow. */
export async function deliverVisitEvents(client: KameleoonClient, messages: Message[], gate: Gate): Promise<void> {
  for (const parcel of parcelsOf(messages.filter(isWhole))) {
    await sendHalving(parcel.messages, gate, {
      send: (part) => sendVisitEvents(client, (part === parcel.messages ? parcel.body : undefined) ?? bodyOf(part)),
      delivered: (part, reply) => {
        const answers = answersIn(reply)
        for (const message of part) message.answered(answers)
      },
      failed: (part, failure, error) => {
        for (const message of part) {
          message.fail(isTooLarge(error) ? rejectedAsTooLarge(bytesOf(message), error) : failure)
        }
      }
    })
  }
}

/** A message that lacks a goal it should have is not sent in part: it comes again as a whole. */
function isWhole({ visitEvents, failure }: Message): boolean {
  return visitEvents.length > 0 && !failure
}

/** A JSON array. Encoding many events in one go takes half the time of encoding one after another. */
function bodyOf(messages: Message[]): string {
  return JSON.stringify(messages.length === 1 ? messages[0].visitEvents : messages.flatMap((one) => one.visitEvents))
}

/** Nearly always the number of events decides alone; sizes of single messages are asked only where it does not. */
function parcelsOf(messages: Message[]): Parcel[] {
  const parcels = divided(messages, () => 0).map((part) => ({ messages: part, body: bodyOf(part) }))
  if (parcels.every(({ body }) => fits(body))) return parcels
  return divided(messages.filter(isSmall), sizeBeside).map((part) => ({ messages: part }))
}

/** A character takes three bytes of UTF-8 at most, so most bodies need not be measured. */
function fits(body: string): boolean {
  return body.length * 3 <= MAX_VISIT_EVENTS_BYTES || Buffer.byteLength(body) <= MAX_VISIT_EVENTS_BYTES
}

/** Divides messages, each of which stays whole, so that neither the events nor the bytes of a part exceed the limits. */
function divided(messages: Message[], sizeOf: (message: Message) => number): Message[][] {
  const parts: Message[][] = []
  let events = Infinity
  let bytes = 0
  for (const message of messages) {
    const size = sizeOf(message)
    events += message.visitEvents.length
    bytes += size
    if (events > MAX_VISIT_EVENTS_PER_REQUEST || bytes > MAX_VISIT_EVENTS_BYTES) {
      parts.push([])
      events = message.visitEvents.length
      bytes = BRACKETS - COMMA + size
    }
    parts[parts.length - 1].push(message)
  }
  return parts
}

function isSmall(message: Message): boolean {
  const bytes = bytesOf(message)
  if (bytes + BRACKETS <= MAX_VISIT_EVENTS_BYTES) return true
  message.fail(tooLarge(bytes))
  return false
}

/** Bytes of a message among others. */
function sizeBeside(message: Message): number {
  return bytesOf(message) + COMMA
}

/** Bytes of the encoded visit events, without the brackets around them. */
function bytesOf({ visitEvents }: Message): number {
  return Buffer.byteLength(JSON.stringify(visitEvents)) - BRACKETS
}

const COMMA = 1
const BRACKETS = 2

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
