import { createHash, timingSafeEqual } from 'crypto'
import { isRecord, messageOf } from '../segment-host'

/** A call to the Tracking API that is rejected as a whole; answered as `{success: false, code, message}`. */
export class TrackingError extends Error {
  readonly name = 'TrackingError'

  constructor(
    readonly status: 400 | 401 | 429 | 503,
    readonly code: string,
    message: string
  ) {
    super(message)
  }
}

export type JsonObject = Record<string, unknown>

/** Reads a body as one JSON object. A body that is too large is rejected without parsing it, as Segment does. */
export function objectIn(body: unknown, mostBytes: number): JsonObject {
  const content = parsed(textIn(body, mostBytes))
  if (isRecord(content)) return content
  throw new TrackingError(400, 'invalid_json', 'The body must be a JSON object.')
}

/** The text of a body, at most so long. */
export function textIn(body: unknown, mostBytes: number): string {
  const text = typeof body === 'string' ? body : ''
  const bytes = Buffer.byteLength(text)
  if (bytes <= mostBytes) return text
  const message = `The body has ${bytes} bytes; at most ${mostBytes} are allowed here.`
  throw new TrackingError(400, 'payload_too_large', message)
}

/** @param what names the text in the error */
export function parsed(text: string, what = 'The body'): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new TrackingError(400, 'invalid_json', `${what} is not JSON: ${messageOf(error)}`)
  }
}

/** The events of a batch. */
export function batchIn({ batch }: JsonObject): unknown[] {
  if (Array.isArray(batch)) return batch
  throw new TrackingError(400, 'invalid_batch', `"batch" must be an array of events, not ${typeof batch}.`)
}

/** Checks the write key of a call: from basic authentication, from the body, or from the first event of a batch. */
export function requireWriteKey(authorization: string | undefined, body: JsonObject, writeKey: string): void {
  const given = keyInHeader(authorization) ?? keyInBody(body)
  if (given === undefined) {
    throw new TrackingError(
      401,
      'missing_write_key',
      'Send the write key: as the user name of basic authentication, or as writeKey in the body.'
    )
  }
  if (!isSame(given, writeKey))
    throw new TrackingError(401, 'invalid_write_key', 'This write key is not the one of this source.')
}

function keyInHeader(authorization: string | undefined): string | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization ?? '')?.[1]
  return encoded && Buffer.from(encoded, 'base64').toString('utf8').split(':')[0]
}

function keyInBody({ writeKey, batch }: JsonObject): string | undefined {
  const first: unknown = Array.isArray(batch) ? batch[0] : undefined
  const key = writeKey ?? (isRecord(first) ? first.writeKey : undefined)
  return typeof key === 'string' ? key : undefined
}

/** Digests have one length, so that the time of the comparison tells nothing about the key. */
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(expected))
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
