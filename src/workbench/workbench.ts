import { randomUUID } from 'crypto'
import { isIPv6 } from 'net'
import { join } from 'path'
import type { FastifyInstance } from 'fastify'
import { connectTo, startEmulator, type Emulator } from '../emulator'
import { isLoopback } from './access/local-hosts'
import type { HostedDefinition, WorkbenchContext } from './context'
import type { WorkbenchState } from './contract'
import { LiveDelivery } from './delivery/live-delivery'
import { LiveHost } from './delivery/live-host'
import { EventLog } from './event-log/event-log'
import { deliverExamples, type ExamplesReport } from './examples'
import { FaultSwitches } from './faults'
import { Judgements } from './exchange/judgements'
import { listen } from './listen'
import type { WorkbenchOptions } from './options'
import { createServer } from './server'
import { SettingsStore } from './settings'
import { LiveStream } from './stream/live-stream'
import { stateOf } from './state-of'
import { SubscriptionStore } from './subscriptions'
import { savedWriteKey } from './tracking/write-key'
import { UsageError } from './usage-error'

/** A running workbench. */
export interface Workbench {
  /** `http://host:port`, without a slash at the end. */
  readonly address: string
  readonly context: WorkbenchContext
  /** What became of the examples; null where none were delivered. Resolves when they are settled. */
  readonly examples: Promise<ExamplesReport | null>
  /** Stops listening, ends every connection and saves what is not saved. */
  close(): Promise<void>
}

/** Built beside the compiled files, of the repository and of the package alike: both are two folders up. */
const PAGE_FOLDER = join(__dirname, '..', '..', 'dist', 'workbench', 'page')

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
  const emulator = await embeddedEmulator(judgements, options)
  let server: FastifyInstance | undefined
  const parts: Closable[] = [emulator]
  const close = async (): Promise<void> => {
    for (const part of parts.reverse().splice(0)) await part.close()
  }
  try {
    const context = await contextOf(options, emulator, judgements, parts, () => addressOf(server))
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

interface Closable {
  close(): unknown
}

function requireOwnHost(host: string, allowRemote = false): void {
  if (allowRemote || isLoopback(host)) return
  throw new UsageError(
    `${host} can be reached from other machines, and whoever reaches a workbench may change it. Add --allow-remote if that is wanted`
  )
}

/** It keeps what a session needs, and has no rate limits until they are switched on. */
function embeddedEmulator<Settings>(judgements: Judgements, { clock }: WorkbenchOptions<Settings>): Promise<Emulator> {
  return startEmulator({
    clock,
    rateLimits: false,
    // The destination keeps tokens and goals by credentials; those of another emulator must not count for this one.
    clientId: `workbench-${randomUUID()}`,
    clientSecret: randomUUID(),
    retention: { requests: 200, requestBytes: 8_000_000, visitors: 20_000, nonces: 200_000, maps: 20_000 },
    onHandled: judgements.handled
  })
}

async function contextOf<Settings>(
  options: WorkbenchOptions<Settings>,
  emulator: Emulator,
  judgements: Judgements,
  parts: Closable[],
  address: () => string
): Promise<WorkbenchContext> {
  const { dataFolder, credentials, log, retry, gatherMs, clock = Date.now, version } = options
  // Which settings a definition wants is checked where it is used, whatever its type says.
  const definition = options.definition as unknown as HostedDefinition
  const connected = connectTo(definition, emulator)
  const settings = await SettingsStore.open({
    path: join(dataFolder, 'settings.json'),
    definition,
    given: {
      emulator: { apiKey: emulator.apiKey, sitecode: emulator.sitecode },
      ...(credentials ? { real: credentials } : {})
    },
    target: credentials ? 'real' : undefined
  })
  const subscriptions = await SubscriptionStore.open({ path: join(dataFolder, 'mappings.json'), definition, log })
  const events = new EventLog()
  const definitionFor: WorkbenchContext['definitionFor'] = (target) => (target === 'real' ? definition : connected)
  const { send } = new LiveHost({ settings, definitionFor, judgements, clock })
  const delivery = new LiveDelivery({ events, subscriptions, send, retry, clock, gatherMs })
  const state = (): WorkbenchState => stateOf(context)
  const stream = new LiveStream(events, state)
  settings.onChange(() => stream.saved())
  subscriptions.onChange(() => stream.saved())
  parts.push(subscriptions, delivery, stream)
  const writeKey = options.writeKey ?? (await savedWriteKey(dataFolder))
  const context: WorkbenchContext = {
    ...{ definition, definitionFor, emulator, settings, subscriptions, faults: new FaultSwitches(emulator), events, delivery, stream },
    ...{ clock, writeKey, version, address, state }
  }
  return context
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
