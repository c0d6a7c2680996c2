import { randomBytes, timingSafeEqual } from 'crypto'
import { join } from 'path'
import { messageOf } from '../../../segment-host'
import { SavedFile } from '../saved-file'

/** Why a call to the Tracking API is rejected as a whole; answered as `{success: false, code, message}`. */
export class TrackingError extends Error {
  readonly name = 'TrackingError'

  constructor(
    readonly status: 400 | 401 | 429,
    readonly code: string,
    message: string
  ) {
    super(message)
  }
}

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

/** Nobody but the user may send events in. */
const FILE_MODE = 0o600

/**
 * The write key of the one source there is, kept in the data folder. It is made up once and not known elsewhere, so that
 * web pages which know of workbenches cannot send events into this one.
 */
export async function savedWriteKey(dataFolder: string): Promise<string> {
  const file = new SavedFile(join(dataFolder, 'write-key'), FILE_MODE)
  const saved = (await file.read())?.trim()
  if (saved) return saved
  const writeKey = randomBytes(16).toString('hex')
  await file.write(`${writeKey}\n`)
  return writeKey
}

/** Checks the write key of a call: by basic authentication, in the body, or in the events of a batch. */
export function requireWriteKey(authorization: string | undefined, body: JsonObject, writeKey: string): void {
  const given = keyInHeader(authorization) ?? keyInBody(body)
  if (given === undefined) {
    throw new TrackingError(
      401,
      'missing_write_key',
      'Name the write key: as user name by basic authentication, or as writeKey.'
    )
  }
  if (!isSame(given, writeKey))
    throw new TrackingError(401, 'invalid_write_key', 'This write key belongs to no source here.')
}

function keyInHeader(authorization: string | undefined): string | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization ?? '')?.[1]
  return encoded && Buffer.from(encoded, 'base64').toString('utf8').split(':')[0]
}

function keyInBody({ writeKey, batch }: JsonObject): string | undefined {
  const first: unknown = Array.isArray(batch) ? batch[0] : undefined
  const key = writeKey ?? (isObject(first) ? first.writeKey : undefined)
  return typeof key === 'string' ? key : undefined
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}
