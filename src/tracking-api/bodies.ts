import type { FastifyInstance, FastifyRequest } from 'fastify'
import { promisify } from 'util'
import { gunzip } from 'zlib'
import { memberOf } from '../segment-host'
import { TrackingError } from './call'
import { TRACKING_LIMITS } from './event-problems'

/** Larger than the limits of Segment, so that a body somewhat above them gets an answer that names the limit. */
export const BODY_LIMIT = 4 * TRACKING_LIMITS.batchBytes

const TOO_LARGE = new TrackingError(400, 'payload_too_large', `The body is larger than ${BODY_LIMIT} bytes.`)

/**
 * Reads bodies as text, plain or gzip. Web pages send JSON as text/plain when there is no time for a preflight request, so
 * the content type is ignored.
 */
export function addTextBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, textOf)
}

async function textOf({ headers }: FastifyRequest, body: Buffer): Promise<string> {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'identity') return body.toString('utf8')
  if (encoding === 'gzip' || encoding === 'x-gzip') return (await unzipped(body)).toString('utf8')
  throw new TrackingError(400, 'invalid_encoding', `The body has the encoding ${encoding}; send it plain or as gzip.`)
}

const unzip = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip)

async function unzipped(body: Buffer): Promise<Buffer> {
  try {
    return await unzip(body, { maxOutputLength: BODY_LIMIT })
  } catch (error) {
    if (memberOf(error, 'code') === 'ERR_BUFFER_TOO_LARGE') throw TOO_LARGE
    throw new TrackingError(400, 'invalid_gzip', 'The body is said to be gzip, and is not.')
  }
}

/** Whatever Fastify or a handler threw, as an error of the Tracking API; null for a fault of this program. */
export function trackingErrorOf(error: unknown): TrackingError | null {
  if (error instanceof TrackingError) return error
  if (memberOf(error, 'code') === 'FST_ERR_CTP_BODY_TOO_LARGE') return TOO_LARGE
  return null
}
