import type { RequestClient } from '@segment/actions-core'
import type { HttpRequest } from '../src/destinations/kameleoon/kameleoon-api/http'
import type { Payload } from '../src/destinations/kameleoon/logEvent/generated-types'
import { freshEvents, settings } from './events'
import { senderOf } from './flow'
import { frameworkAlone, ours } from './subjects'

export interface OwnCode {
  /** Nothing stands for single events. */
  batchSize?: number
  passes: number
  /** Events of a pass. */
  events: number
}

/**
 * Microseconds that `perform` or `performBatch` take for an event when the answer of Kameleoon is there at once: without
 * the framework around them, without the HTTP client. Token and goals must be known already. The fastest pass counts:
 * whatever else runs on the machine only adds to it, and each pass is long enough to hold its share of garbage collection.
 */
export async function ownMicroseconds({ batchSize, passes, events }: OwnCode): Promise<number> {
  const payloads = await payloadsOf(events)
  const times: number[] = []
  for (let pass = 0; pass < passes * 2; pass++) times.push((await timed(payloads, batchSize)) / events)
  // The first half is for the compiler.
  return Math.min(...times.slice(passes)) * 1e3
}

/** Payloads as the framework hands them to an action. */
async function payloadsOf(count: number): Promise<Payload[]> {
  const payloads: Payload[] = []
  const send = senderOf(
    frameworkAlone((batch) => payloads.push(...batch)),
    'http://unused.invalid',
    true
  )
  await send(freshEvents(0, count))
  return payloads
}

/** Milliseconds in our own code. */
async function timed(payloads: Payload[], batchSize?: number): Promise<number> {
  const { logEvent } = ours().actions
  const answering = new AnsweringClient()
  const begin = performance.now()
  if (batchSize === undefined) {
    for (const payload of payloads) await logEvent.perform(answering.request, { settings, payload })
  } else {
    for (let at = 0; at < payloads.length; at += batchSize) {
      await logEvent.performBatch?.(answering.request, { settings, payload: payloads.slice(at, at + batchSize) })
    }
  }
  return performance.now() - begin - answering.milliseconds
}

/** Stands for the HTTP client: answers 204 at once, and knows how long that took. */
class AnsweringClient {
  milliseconds = 0

  private readonly answer: HttpRequest = (url) => {
    const begin = performance.now()
    if (!url.includes('/visit/events')) throw new Error(`Caches are not warm: ${url}`)
    const response = Promise.resolve({ status: 204, headers: { get: () => null }, content: '' })
    this.milliseconds += performance.now() - begin
    return response
  }

  /** The destination calls its client as an HttpRequest, and no other way. */
  readonly request = this.answer as unknown as RequestClient
}
