import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import { TOO_MANY_WAIT } from '../delivery/live-delivery'
import type { Receiver } from '../delivery/receive'
import { EVENT_TYPES, TRACKING_LIMITS, type EventType } from './event-problems'
import { take } from './take'
import { batchIn, objectIn, requireWriteKey, TrackingError, type JsonObject } from './tracking-request'

/** Larger than the limits of Segment, so that a body somewhat above them gets an answer that names the limit. */
const BODY_LIMIT = 4 * TRACKING_LIMITS.batchBytes

/** A receiver of events, and the write key of its source. */
export interface Source extends Receiver {
  writeKey: string
}

/**
 * Segment's Tracking API, and the settings that analytics.js loads from Segment's CDN.
 * https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/
 */
export function trackingRoutes(app: FastifyInstance, source: Source): void {
  app.removeAllContentTypeParsers()
  // Web pages send JSON as text/plain when there is no time for a preflight request, so the content type is ignored.
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
    done(null, body)
  )
  addCors(app)
  addErrorAnswers(app)

  for (const type of EVENT_TYPES) {
    for (const path of [`/v1/${type}`, `/v1/${type[0]}`]) {
      app.post(path, (request) => takeCall(source, request, type))
    }
  }
  for (const path of ['/v1/batch', '/v1/b', '/v1/import']) {
    app.post(path, (request) => takeBatch(source, request))
  }
  // Metrics that Segment's libraries send about themselves.
  app.post('/v1/m', () => ({ success: true }))

  app.get<{ Params: { writeKey: string } }>('/v1/projects/:writeKey/settings', ({ params, headers, host }) => {
    requireWriteKey(headers.authorization, { writeKey: params.writeKey }, source.writeKey)
    return cdnSettings(source.writeKey, host)
  })
}

function takeCall(source: Source, request: FastifyRequest, type: EventType) {
  const body = objectIn(request.body, TRACKING_LIMITS.eventBytes)
  admit(source, request, body)
  return take(source, [{ ...body, type }], { ip: request.ip })
}

function takeBatch(source: Source, request: FastifyRequest) {
  const body = objectIn(request.body, TRACKING_LIMITS.batchBytes)
  admit(source, request, body)
  const { sentAt, context, integrations } = body
  return take(source, batchIn(body), { sentAt, context, integrations, ip: request.ip })
}

function admit({ delivery, writeKey }: Source, { headers }: FastifyRequest, body: JsonObject): void {
  requireWriteKey(headers.authorization, body, writeKey)
  if (delivery.isFull) throw new TrackingError(429, 'too_many_events', TOO_MANY_WAIT)
}

/** Web pages of any origin may send events; the write key decides whether they are accepted. */
function addCors(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('access-control-allow-origin', '*')
    const asked = request.headers['access-control-request-headers']
    if (request.method === 'OPTIONS') {
      void reply.headers({
        'access-control-allow-methods': 'GET, POST, OPTIONS',
        'access-control-allow-headers': asked ?? 'authorization, content-type',
        // Browsers require this before a page of the internet may send requests to this machine.
        'access-control-allow-private-network': 'true',
        'access-control-max-age': '600'
      })
    }
    done()
  })
  app.options('/v1/*', (_request, reply) => reply.code(204).send())
}

function addErrorAnswers(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | TrackingError, _request, reply) => {
    const isTooLarge = error.code === 'FST_ERR_CTP_BODY_TOO_LARGE'
    const status = error instanceof TrackingError ? error.status : isTooLarge ? 400 : (error.statusCode ?? 500)
    if (status === 429) void reply.header('retry-after', '1')
    const code = isTooLarge ? 'payload_too_large' : error.code
    const message = isTooLarge ? `The body is larger than ${TRACKING_LIMITS.batchBytes} bytes.` : error.message
    return reply.code(status).send({ success: false, code, message })
  })
}

/**
 * What analytics.js loads before its first event: where to send events, and that no integration runs in the browser.
 * https://segment.com/docs/connections/sources/catalog/libraries/website/javascript/
 */
function cdnSettings(writeKey: string, host: string) {
  return {
    integrations: {
      'Segment.io': {
        apiKey: writeKey,
        apiHost: `${host}/v1`,
        protocol: 'http',
        unbundledIntegrations: [],
        addBundledMetadata: true,
        maybeBundledConfigIds: {},
        versionSettings: { version: '4.4.7', componentTypes: ['browser'] }
      }
    },
    plan: { track: { __default: { enabled: true, integrations: {} } } },
    edgeFunction: {},
    analyticsNextEnabled: true,
    middlewareSettings: {},
    enabledMiddleware: {},
    metrics: { sampleRate: 0 },
    legacyVideoPluginsEnabled: false,
    remotePlugins: []
  }
}
