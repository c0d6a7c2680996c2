import fastify, { type FastifyInstance } from 'fastify'
import { memberOf, messageOf, UsageError } from '../../segment-host'
import type { NetworkAddress } from '../option-values'
import { createMetrics, type Metrics } from './metrics'
import type { Watch } from './watch'

/** Metrics that are served until the watch is closed. */
export interface MetricsServer {
  watch: Watch
  /** Address of the metrics, with the port that was taken. */
  url: string
}

/**
 * Serves the metrics of a run at `/metrics`, and `/healthz` for whoever restarts programs that hang.
 * @throws UsageError when it cannot listen there
 */
export async function startMetrics(address: NetworkAddress): Promise<MetricsServer> {
  const metrics = createMetrics()
  const server = createServer(metrics)
  const url = await listen(server, address)
  const close = async (): Promise<void> => {
    await server.close()
    await metrics.watch.close()
  }
  return { watch: { ...metrics.watch, close }, url: `${url}/metrics` }
}

function createServer({ registry }: Metrics): FastifyInstance {
  const server = fastify({ forceCloseConnections: true })
  server.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()))
  server.get('/healthz', () => ({ status: 'ok' }))
  return server
}

async function listen(server: FastifyInstance, { host, port }: NetworkAddress): Promise<string> {
  try {
    return await server.listen({ host, port })
  } catch (error) {
    await server.close()
    if (memberOf(error, 'code') === 'EADDRINUSE') {
      throw new UsageError(
        `Port ${port} for the metrics is in use. Choose another with --metrics, or 0 for any free one`
      )
    }
    throw new UsageError(`Cannot serve metrics on ${host} port ${port}: ${messageOf(error)}`)
  }
}
