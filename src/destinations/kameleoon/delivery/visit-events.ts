import type { KameleoonClient } from '../api/client'
import { ResponseError } from '../api/errors'
import { MAX_VISIT_EVENTS_BYTES, MAX_VISIT_EVENTS_PER_REQUEST } from '../api/limits'
import { sendVisitEvents } from '../api/visit-events'
import { payloadFailure } from './failure'
import { sendHalving } from './halving'
import type { Gate } from './halving'
import { replied } from './message'
import type { Message } from './message'

/** The encoded visit events of one message: they stay together. */
interface Parcel {
  message: Message
  /** JSON of the events, joined by commas. */
  json: string
  bytes: number
}

/** Sends the visit events of all messages, in as few requests as Kameleoon's limits allow. */
export async function deliverVisitEvents(client: KameleoonClient, messages: Message[], gate: Gate): Promise<void> {
  for (const parcels of requestsOf(messages.filter(isWhole).map(parcelOf))) {
    await sendHalving(parcels, gate, {
      send: (part) => sendVisitEvents(client, `[${part.map(({ json }) => json).join(',')}]`),
      delivered: ({ message }, reply) => replied(message, reply),
      failed: ({ message, bytes }, failure, error) =>
        message.failures.push(isTooLarge(error) ? refusedAsTooLarge(bytes, error) : failure)
    })
  }
}

/** A message that lacks a goal it should have is not sent in part: it comes again as a whole. */
function isWhole({ visitEvents, failures }: Message): boolean {
  return visitEvents.length > 0 && failures.length === 0
}

function parcelOf(message: Message): Parcel {
  const json = message.visitEvents.map((event) => JSON.stringify(event)).join(',')
  return { message, json, bytes: Buffer.byteLength(json) }
}

function requestsOf(parcels: Parcel[]): Parcel[][] {
  const requests: Parcel[][] = []
  let bytes = Infinity
  let events = 0
  for (const parcel of parcels) {
    if (parcel.bytes + BRACKETS > MAX_VISIT_EVENTS_BYTES) {
      parcel.message.failures.push(tooLarge(parcel.bytes))
      continue
    }
    bytes += parcel.bytes + COMMA
    events += parcel.message.visitEvents.length
    if (bytes + BRACKETS > MAX_VISIT_EVENTS_BYTES || events > MAX_VISIT_EVENTS_PER_REQUEST) {
      requests.push([])
      bytes = parcel.bytes + COMMA
      events = parcel.message.visitEvents.length
    }
    requests[requests.length - 1].push(parcel)
  }
  return requests
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

function refusedAsTooLarge(bytes: number, { message }: ResponseError) {
  const limit = `though its limit is above ${MAX_VISIT_EVENTS_BYTES}`
  return payloadFailure(
    `The event has ${bytes} bytes, which Kameleoon refused as too large ${limit}: ${message.replace(/\.$/, '')}.`
  )
}
