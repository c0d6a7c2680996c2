import { ResponseError } from '../kameleoon-api/errors'
import { failureOf } from './failure'
import type { Failure } from './failure'

/** Why nothing more of this kind is sent for a batch: the rate limit is reached, or the credentials do not work. */
export interface Stop {
  reason?: Failure
}

/** Kameleoon counts reading and writing calls separately, so a limit on one says nothing about the other. */
export interface Stops {
  reading: Stop
  writing: Stop
}

export interface Sending<Item, Reply> {
  send(items: Item[]): Promise<Reply>
  delivered(items: Item[], reply: Reply): void
  failed(items: Item[], failure: Failure, error?: unknown): void
}

/**
 * Sends items together. What Kameleoon rejects as a whole (400, 413) is halved until the rejected items are alone and the
 * rest is delivered; every part ends as delivered or failed. After 429 or 401 nothing more is sent.
 */
export async function sendHalving<Item, Reply>(
  items: Item[],
  stop: Stop,
  sending: Sending<Item, Reply>
): Promise<void> {
  if (stop.reason) return sending.failed(items, stop.reason)
  try {
    const reply = await sending.send(items)
    sending.delivered(items, reply)
  } catch (error) {
    if (items.length > 1 && isDivisible(error)) return sendHalves(items, stop, sending)
    const failure = failureOf(error)
    if (failure.status === 429 || failure.status === 401) stop.reason = failure
    sending.failed(items, failure, error)
  }
}

async function sendHalves<Item, Reply>(items: Item[], stop: Stop, sending: Sending<Item, Reply>): Promise<void> {
  const middle = Math.ceil(items.length / 2)
  await sendHalving(items.slice(0, middle), stop, sending)
  await sendHalving(items.slice(middle), stop, sending)
}

function isDivisible(error: unknown): boolean {
  return error instanceof ResponseError && (error.status === 400 || error.status === 413)
}
