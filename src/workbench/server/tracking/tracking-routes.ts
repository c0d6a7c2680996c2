import type { FastifyInstance } from 'fastify'
import { requireWriteKey, trackingRoutes } from '../../../tracking-api'
import type { Receiver } from '../delivery/receive'
import { take } from './take'

/** A receiver of events, and the write key of its source. */
export interface Source extends Receiver {
  writeKey: string
}

/** Segment's Tracking API, and the settings that analytics.js loads from Segment's CDN, to be registered under `/v1`. */
export function sourceRoutes(app: FastifyInstance, source: Source): void {
  const { writeKey } = source
  trackingRoutes(app, { writeKey, take: (call) => take(source, call) })
  app.get<{ Params: { writeKey: string } }>('/projects/:writeKey/settings', ({ params, headers, host }) => {
    requireWriteKey(headers.authorization, { writeKey: params.writeKey }, writeKey)
    return cdnSettings(writeKey, host)
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
