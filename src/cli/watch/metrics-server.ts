import fastify, { type FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import { listening } from '../listening'
import type { NetworkAddress } from '../option-values'
import { createMetrics, type Metrics } from './metrics'
import type { Watch } from './watch'

/** Metrics that are served until the watch is closed. */
export interface MetricsServer {
  watch: Watch
  /** Address of the metrics, with the port that was taken. */
  url: string
}

/** What a server of metrics may have besides. */
export interface MetricsExtras {
  /** Adds metrics of its own. */
  register?: (registry: Registry) => void
  /** Whether the program can do its work now, for `/readyz`. By default it always can. */
  isReady?: () => Promise<boolean>
}

/**
 * Serves the metrics of a run at `/metrics`, `/healthz` for whoever restarts programs that hang, and `/readyz`.
 * @throws UsageError when it cannot listen there
 */
export async function startMetrics(address: NetworkAddress, extras: MetricsExtras = {}): Promise<MetricsServer> {
  const metrics = createMetrics()
  extras.register?.(metrics.registry)
  const server = createServer(metrics, extras)
  const url = await listening(server, address, { what: 'the metrics', option: '--metrics' })
  const close = async (): Promise<void> => {
    await server.close()
    await metrics.watch.close()
  }
  return { watch: { ...metrics.watch, close }, url: `${url}/metrics` }
}

function createServer({ registry }: Metrics, { isReady }: MetricsExtras): FastifyInstance {
  const server = fastify({ forceCloseConnections: true })
  server.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()))
  server.get('/healthz', () => ({ status: 'ok' }))
  server.get('/readyz', async (_request, reply) => {
    const ready = await (isReady?.() ?? true)
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'not ready' })
  })
  return server
}
