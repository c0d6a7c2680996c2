import cors from '@fastify/cors'
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import type { Envelope } from '../segment-host'
import { addTextBodies, trackingErrorOf } from './bodies'
import { batchIn, objectIn, requireWriteKey, type JsonObject } from './call'
import { EVENT_TYPES, TRACKING_LIMITS, type EventType } from './event-problems'

/** The events of one request, not yet checked, and what the request sets for all of them. */
export interface TrackingCall {
  events: unknown[]
  common: Omit<Envelope, 'receivedAt'>
  request: FastifyRequest
}

/** A source of events: its write key, and who takes its events. */
export interface TrackingSource {
  writeKey: string
  /** Types of events besides those of Segment's spec. */
  moreTypes?: readonly EventType[]
  /**
   * Takes the events of a call. What it returns or resolves to is the answer.
   * @throws TrackingError for a call that is rejected as a whole
   */
  take(call: TrackingCall): unknown
}

/**
 * Segment's Tracking API, to be registered under its prefix `/v1`.
 * https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/
 */
export function trackingRoutes(app: FastifyInstance, source: TrackingSource): void {
  addTextBodies(app)
  addCors(app)
  addErrorAnswers(app)
  for (const type of EVENT_TYPES) {
    for (const path of [`/${type}`, `/${type[0]}`]) app.post(path, (request) => takeCall(source, request, type))
  }
  for (const type of source.moreTypes ?? []) app.post(`/${type}`, (request) => takeCall(source, request, type))
  for (const path of ['/batch', '/b', '/import']) app.post(path, (request) => takeBatch(source, request))
  // Metrics that Segment's libraries send about themselves.
  app.post('/m', () => ({ success: true }))
}

function takeCall(source: TrackingSource, request: FastifyRequest, type: EventType): unknown {
  const body = objectIn(request.body, TRACKING_LIMITS.eventBytes)
  admit(source, request, body)
  return source.take({ events: [{ ...body, type }], common: { ip: request.ip }, request })
}

function takeBatch(source: TrackingSource, request: FastifyRequest): unknown {
  const body = objectIn(request.body, TRACKING_LIMITS.batchBytes)
  admit(source, request, body)
  const { sentAt, context, integrations } = body
  return source.take({ events: batchIn(body), common: { sentAt, context, integrations, ip: request.ip }, request })
}

function admit({ writeKey }: TrackingSource, { headers }: FastifyRequest, body: JsonObject): void {
  requireWriteKey(headers.authorization, body, writeKey)
}

/** Web pages of any origin may send events; the write key decides whether they are accepted. */
function addCors(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    // Browsers ask for this before a page of the internet may send requests to this machine, and the plugin does not know it.
    if (request.method === 'OPTIONS') void reply.header('access-control-allow-private-network', 'true')
    done()
  })
  void app.register(cors, { origin: '*', methods: ['GET', 'POST'], maxAge: 600, strictPreflight: false })
}

/** Seconds after which the sender may try again, by status. */
const RETRY_AFTER: Partial<Record<number, number>> = { 429: 1, 503: 5 }

function addErrorAnswers(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const known = trackingErrorOf(error)
    const status = known?.status ?? error.statusCode ?? 500
    const { code, message } = known ?? error
    const seconds = RETRY_AFTER[status]
    if (seconds !== undefined) void reply.header('retry-after', String(seconds))
    return reply.code(status).send({ success: false, code, message })
  })
}
