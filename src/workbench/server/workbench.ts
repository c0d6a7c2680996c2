import { isIPv6 } from 'net'
import { join } from 'path'
import type { FastifyInstance } from 'fastify'
import { isLoopback } from './access'
import { openContext, type WorkbenchContext, type WorkbenchOptions } from './context'
import { deliverExamples, type ExamplesReport } from './events/send-events'
import { createServer, listen } from './server'
import { UsageError } from '../../segment-host'

/** A running workbench. */
export interface Workbench {
  /** `http://host:port`, without a slash at the end. */
  readonly address: string
  readonly context: WorkbenchContext
  /** Resolves when the examples are settled, with their counts; null when no examples were sent. */
  readonly examples: Promise<ExamplesReport | null>
  /** Stops listening, closes every connection and finishes writing to the data folder. */
  readonly close: () => Promise<void>
}

/** Beside the compiled files. The path is the same from the sources and from the package. */
const PAGE_FOLDER = join(__dirname, '..', '..', '..', 'dist', 'workbench', 'page')

const OWN_HOST = '127.0.0.1'

/**
 * Starts a local Segment with one source and one destination, a local Kameleoon for it, and a page that shows both.
 *
 * @example
 * const workbench = await startWorkbench({ definition, version: '1.0.0', port: 0, dataFolder: '/tmp/workbench' })
 * // point @segment/analytics-node at workbench.address with workbench.context.writeKey
 * await workbench.close()
 *
 * @throws UsageError when it cannot start: because of the address, a saved file, or a folder that cannot be written
 */
export async function startWorkbench<Settings>(options: WorkbenchOptions<Settings>): Promise<Workbench> {
  const { host = OWN_HOST, port, anyPort, pageFolder = PAGE_FOLDER } = options
  requireOwnHost(host, options.allowRemote)
  let server: FastifyInstance | undefined
  const context = await openContext(options, () => addressOf(server))
  let closed: Promise<void> | undefined
  const close = (): Promise<void> => (closed ??= closeAll(server, context))
  try {
    server = createServer(context, { host, pageFolder })
    await listen(server, { host, port, anyPort })
    await context.dataFolder.announce(context.address())
    const examples = examplesOf(options, context)
    // The caller gets the failure by waiting for `examples`; before that it must not count as unhandled.
    examples.catch(() => undefined)
    return { address: context.address(), context, examples, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function closeAll(server: FastifyInstance | undefined, context: WorkbenchContext): Promise<void> {
  await server?.close()
  await context.close()
}

function requireOwnHost(host: string, allowRemote = false): void {
  if (allowRemote || isLoopback(host)) return
  throw new UsageError(
    `${host} can be reached from other machines, and anyone who reaches a workbench can change it. Add --allow-remote to allow that`
  )
}

function addressOf(server: FastifyInstance | undefined): string {
  const address = server?.addresses()[0]
  if (typeof address !== 'object') throw new Error('The workbench is not listening yet')
  return `http://${isIPv6(address.address) ? `[${address.address}]` : address.address}:${address.port}`
}

function examplesOf<Settings>(
  { examplesPath }: WorkbenchOptions<Settings>,
  context: WorkbenchContext
): Promise<ExamplesReport | null> {
  if (examplesPath === undefined || context.settings.target === 'real') return Promise.resolve(null)
  return deliverExamples(examplesPath, context)
}
