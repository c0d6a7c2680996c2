import fastify, { type FastifyInstance } from 'fastify'
import { BODY_LIMIT, batchIn, requireWriteKey, textIn, trackingRoutes, type TrackingSource } from '../../tracking-api'
import { ConnectionOrder } from './connection-order'
import type { EventSink } from './event-sink'
import type { InboxState } from './inbox-state'
import { receiveCall, type CallOptions, type ReceiverWatch } from './receive-call'
import { webhookBody } from './webhook'

export interface ReceiverServerOptions {
  sink: EventSink
  writeKey: string
  state: Pick<InboxState, 'reach'>
  watch: ReceiverWatch
  /** The current time in milliseconds. Default: that of the machine. */
  clock?: () => number
  /** How long the sink may take before a request is answered with 503, in milliseconds. Default: ten seconds. */
  limitMs?: number
  /** Whether events of the type `delete` are taken, which ask to delete a user. Default: no. */
  takesDeletions?: boolean
}

const LIMIT_MS = 10_000

/** How long a request may take to arrive, so that slow senders do not hold connections for good. */
const REQUEST_TIMEOUT_MS = 60_000

/**
 * The HTTP server of a receiver, not yet listening: Segment's Tracking API, with and without `/v1` before its paths, webhooks,
 * and the state of the process.
 */
export function createReceiverServer(options: ReceiverServerOptions): FastifyInstance {
  const { sink, writeKey, state, watch, clock = Date.now, limitMs = LIMIT_MS, takesDeletions } = options
  const app = fastify({
    exposeHeadRoutes: false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // The address of the visitor's browser, which analytics.js does not know, is set by whatever stands in front.
    trustProxy: true
  })
  const moreTypes = takesDeletions ? (['delete'] as const) : []
  const call = { sink, watch, clock, limitMs, moreTypes, order: new ConnectionOrder(app) }
  const source: TrackingSource = { writeKey, moreTypes, take: (taken) => receiveCall(taken, call) }
  app.addHook('onResponse', (_request, { statusCode }, done) => {
    watch.answered(statusCode)
    done()
  })
  for (const prefix of ['/v1', '']) {
    void app.register(
      (scope, _options, done) => {
        trackingRoutes(scope, source)
        webhookRoute(scope, writeKey, call)
        done()
      },
      { prefix }
    )
  }
  healthRoutes(app, state)
  endConnections(app)
  return app
}

/** Connections of requests that are under way when the server is closed end with their answers. */
function endConnections(app: FastifyInstance): void {
  let isClosing = false
  app.addHook('preClose', (done) => {
    isClosing = true
    done()
  })
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing) void reply.header('connection', 'close')
    done()
  })
}

function webhookRoute(app: FastifyInstance, writeKey: string, call: CallOptions): void {
  app.post('/webhook', (request) => {
    const body = webhookBody(textIn(request.body, BODY_LIMIT))
    requireWriteKey(request.headers.authorization, body, writeKey)
    const { sentAt, context, integrations } = body
    return receiveCall({ events: batchIn(body), common: { sentAt, context, integrations }, request }, call, true)
  })
}

/** For whoever restarts programs that hang, and for whoever sends them requests. */
function healthRoutes(app: FastifyInstance, state: Pick<InboxState, 'reach'>): void {
  app.get('/healthz', () => ({ status: 'ok' }))
  app.get('/readyz', (_request, reply) => {
    const { reach } = state
    if (reach.kind === 'reachable') return { status: 'ok' }
    const reason = reach.kind === 'unreachable' ? reach.reason : 'the queue was not asked yet'
    return reply.code(503).send({ status: 'unavailable', reason })
  })
}
