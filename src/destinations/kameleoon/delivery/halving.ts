import { ResponseError } from '../kameleoon-api/errors'
import { failureOf } from './failure'
import type { Failure } from './failure'

/** Why nothing more of this kind is sent for a batch: the rate limit is reached, or the credentials do not work. */
export interface Gate {
  closedBy?: Failure
}

/** Kameleoon counts reading and writing calls separately, so a limit on one says nothing about the other. */
export interface Gates {
  reading: Gate
  writing: Gate
}

export interface Sending<Part, Reply> {
  send(parts: Part[]): Promise<Reply>
  delivered(parts: Part[], reply: Reply): void
  failed(parts: Part[], failure: Failure, error?: unknown): void
}

/**
 * Sends parts together. What Kameleoon rejects as a whole (400, 413) is halved until the rejected parts are alone and the
 * rest is delivered; every part ends as delivered or failed. After 429 nothing more goes into the same window.
 */
export async function sendHalving<Part, Reply>(
  parts: Part[],
  gate: Gate,
  sending: Sending<Part, Reply>
): Promise<void> {
  const { closedBy } = gate
  if (closedBy) return sending.failed(parts, closedBy)
  try {
    const reply = await sending.send(parts)
    sending.delivered(parts, reply)
  } catch (error) {
    if (parts.length > 1 && isDivisible(error)) return sendHalves(parts, gate, sending)
    const failure = failureOf(error)
    if (failure.status === 429 || failure.status === 401) gate.closedBy = failure
    sending.failed(parts, failure, error)
  }
}

async function sendHalves<Part, Reply>(parts: Part[], gate: Gate, sending: Sending<Part, Reply>): Promise<void> {
  const middle = Math.ceil(parts.length / 2)
  await sendHalving(parts.slice(0, middle), gate, sending)
  await sendHalving(parts.slice(middle), gate, sending)
}

function isDivisible(error: unknown): boolean {
  return error instanceof ResponseError && (error.status === 400 || error.status === 413)
}
