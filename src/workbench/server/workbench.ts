import type { FastifyInstance } from 'fastify'
import { isIPv6 } from 'net'
import { join } from 'path'
import { isLoopback } from './access'
import type { WorkbenchContext } from './context'
import { embeddedEmulator } from './embedded-emulator'
import { type ExamplesReport, deliverExamples } from './events/send-events'
import { Judgements } from './exchange/judgements'
import { type Closable, openContext } from './open-context'
import type { WorkbenchOptions } from './options'
import { createServer, listen } from './server'
import { UsageError } from '../../segment-host'

/** A running workbench. */
export interface Workbench {
  /** `http://host:port`, without a slash at the end. */
  readonly address: string
  readonly context: WorkbenchContext
  /** What became of the examples; null where none were delivered. Resolves when they are settled. */
  readonly examples: Promise<ExamplesReport | null>
  /** Stops listening, ends every connection and saves what is not saved. */
  readonly close: () => Promise<void>
}

/** Built beside the compiled files, of the repository and of the package alike: both are two folders up. */
const PAGE_FOLDER = join(__dirname, '..', '..', '..', 'dist', 'workbench', 'page')

const OWN_HOST = '127.0.0.1'

/**
 * Starts a local Segment with one source and one destination, a local Kameleoon behind it, and a page that shows both.
 *
 * @example
 * const workbench = await startWorkbench({ definition, version: '1.0.0', port: 0, dataFolder: '/tmp/workbench' })
 * // point @segment/analytics-node at workbench.address with workbench.context.writeKey
 * await workbench.close()
 *
 * @throws UsageError when it cannot start: the address, a saved file, or a folder that cannot be written
 */
export async function startWorkbench<Settings>(options: WorkbenchOptions<Settings>): Promise<Workbench> {
  const { host = OWN_HOST } = options
  requireOwnHost(host, options.allowRemote)
  const judgements = new Judgements()
  const emulator = await embeddedEmulator(judgements, options.clock)
  let server: FastifyInstance | undefined
  const parts: Closable[] = [emulator]
  const close = async (): Promise<void> => {
    for (const part of parts.reverse().splice(0)) await part.close()
  }
  try {
    const context = await openContext(options, { emulator, judgements, parts, address: () => addressOf(server) })
    server = createServer(context, { host, pageFolder: options.pageFolder ?? PAGE_FOLDER })
    await listen(server, { host, port: options.port, anyPort: options.anyPort })
    parts.push(server)
    const examples = examplesOf(options, context)
    // Whoever waits for them gets the failure; until then it must not count as unhandled.
    examples.catch(() => undefined)
    return { address: context.address(), context, examples, close }
  } catch (error) {
    await close()
    throw error
  }
}

function requireOwnHost(host: string, allowRemote = false): void {
  if (allowRemote || isLoopback(host)) return
  throw new UsageError(
    `${host} can be reached from other machines, and whoever reaches a workbench may change it. Add --allow-remote if that is wanted`
  )
}

function addressOf(server: FastifyInstance | undefined): string {
  const address = server?.addresses()[0]
  if (typeof address !== 'object') throw new Error('The workbench does not listen yet')
  return `http://${isIPv6(address.address) ? `[${address.address}]` : address.address}:${address.port}`
}

function examplesOf<Settings>(
  { examplesPath }: WorkbenchOptions<Settings>,
  context: WorkbenchContext
): Promise<ExamplesReport | null> {
  if (examplesPath === undefined || context.settings.target === 'real') return Promise.resolve(null)
  return deliverExamples(examplesPath, context)
}
