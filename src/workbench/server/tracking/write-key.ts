import { randomBytes, timingSafeEqual } from 'crypto'
import { join } from 'path'
import { SavedFile } from '../saved-file'
import { isObject, type JsonObject } from './tracking-body'
import { TrackingError } from './tracking-error'

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
