import { messageOf } from '../../../segment-host'
import { TrackingError } from './tracking-error'

export type JsonObject = Record<string, unknown>

/** Reads a body as one JSON object. A body that is too large is rejected unread, as Segment does. */
export function objectIn(body: unknown, mostBytes: number): JsonObject {
  const text = typeof body === 'string' ? body : ''
  const bytes = Buffer.byteLength(text)
  if (bytes > mostBytes) {
    throw new TrackingError(
      400,
      'payload_too_large',
      `The body has ${bytes} bytes; at most ${mostBytes} are allowed here.`
    )
  }
  const content = parsed(text)
  if (isObject(content)) return content
  throw new TrackingError(400, 'invalid_json', 'The body must be a JSON object.')
}

/** The events of a batch. */
export function batchIn({ batch }: JsonObject): unknown[] {
  if (Array.isArray(batch)) return batch
  throw new TrackingError(400, 'invalid_batch', `"batch" must be an array of events, not ${typeof batch}.`)
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new TrackingError(400, 'invalid_json', `The body is not JSON: ${messageOf(error)}`)
  }
}
