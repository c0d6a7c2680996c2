import { randomBytes, timingSafeEqual } from 'crypto'
import { join } from 'path'
import { isRecord, messageOf } from '../../../segment-host'
import { SavedFile } from '../saved-file'

/** A call to the Tracking API that is rejected as a whole; answered as `{success: false, code, message}`. */
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

/** Reads a body as one JSON object. A body that is too large is rejected without parsing it, as Segment does. */
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
  if (isRecord(content)) return content
  throw new TrackingError(400, 'invalid_json', 'The body must be a JSON object.')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new TrackingError(400, 'invalid_json', `The body is not JSON: ${messageOf(error)}`)
  }
}

/** The events of a batch. */
export function batchIn({ batch }: JsonObject): unknown[] {
  if (Array.isArray(batch)) return batch
  throw new TrackingError(400, 'invalid_batch', `"batch" must be an array of events, not ${typeof batch}.`)
}

/** Only the user may read the write key. */
const FILE_MODE = 0o600

/**
 * The write key of the only source, kept in the data folder. It is generated once and random, so that other web pages cannot
 * send events to this workbench.
 */
export async function savedWriteKey(dataFolder: string): Promise<string> {
  const file = new SavedFile(join(dataFolder, 'write-key'), FILE_MODE)
  const saved = (await file.read())?.trim()
  if (saved) return saved
  const writeKey = randomBytes(16).toString('hex')
  await file.write(`${writeKey}\n`)
  return writeKey
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
    throw new TrackingError(401, 'invalid_write_key', 'This write key is not the one of this workbench.')
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

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}
