import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import type { WorkbenchContext } from '../context'
import { TOO_MANY_WAIT } from '../delivery/live-delivery'
import { EVENT_TYPES, type EventType, TRACKING_LIMITS } from './event-problems'
import { take } from './take'
import { type JsonObject, TrackingError, batchIn, objectIn, requireWriteKey } from './tracking-request'

/** Above the limits themselves, which answer in words. */
const BODY_LIMIT = 4 * TRACKING_LIMITS.batchBytes

/**
 * Segment's Tracking API, and what analytics.js asks Segment's CDN for.
 * https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/
 */
export function trackingRoutes(app: FastifyInstance, context: WorkbenchContext): void {
  app.removeAllContentTypeParsers()
  // Web pages send text/plain where a preflight would come too late, so the declared type does not count.
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
    done(null, body)
  )
  addCors(app)
  addErrorAnswers(app)

  for (const type of EVENT_TYPES) {
    for (const path of [`/v1/${type}`, `/v1/${type[0]}`]) {
      app.post(path, (request) => takeOne(context, request, type))
    }
  }
  for (const path of ['/v1/batch', '/v1/b', '/v1/import']) {
    app.post(path, (request) => takeBatch(context, request))
  }
  // Figures that Segment's libraries send about themselves.
  app.post('/v1/m', () => ({ success: true }))

  app.get<{ Params: { writeKey: string } }>('/v1/projects/:writeKey/settings', ({ params, headers, host }) => {
    requireWriteKey(headers.authorization, { writeKey: params.writeKey }, context.writeKey)
    return cdnSettings(context.writeKey, host)
  })
}

function takeOne(context: WorkbenchContext, request: FastifyRequest, type: EventType) {
  const body = objectIn(request.body, TRACKING_LIMITS.eventBytes)
  admit(context, request, body)
  return take(context, [{ ...body, type }], { ip: request.ip })
}

function takeBatch(context: WorkbenchContext, request: FastifyRequest) {
  const body = objectIn(request.body, TRACKING_LIMITS.batchBytes)
  admit(context, request, body)
  const { sentAt, context: common, integrations } = body
  return take(context, batchIn(body), { sentAt, context: common, integrations, ip: request.ip })
}

function admit({ delivery, writeKey }: WorkbenchContext, { headers }: FastifyRequest, body: JsonObject): void {
  requireWriteKey(headers.authorization, body, writeKey)
  if (delivery.isFull) throw new TrackingError(429, 'too_many_events', TOO_MANY_WAIT)
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

/** Tracking calls come from web pages of any origin; what lets them in is the write key. */
export function addCors(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('access-control-allow-origin', '*')
    const asked = request.headers['access-control-request-headers']
    if (request.method === 'OPTIONS') {
      void reply.headers({
        'access-control-allow-methods': 'GET, POST, OPTIONS',
        'access-control-allow-headers': asked ?? 'authorization, content-type',
        // Browsers ask this before a page of the internet may reach this machine.
        'access-control-allow-private-network': 'true',
        'access-control-max-age': '600'
      })
    }
    done()
  })
  app.options('/v1/*', (_request, reply) => reply.code(204).send())
}

/**
 * What analytics.js asks for before its first event: where to send to, and that no integration runs in the browser.
 * https://segment.com/docs/connections/sources/catalog/libraries/website/javascript/
 */
export function cdnSettings(writeKey: string, host: string) {
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
