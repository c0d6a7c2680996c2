import { randomBytes } from 'crypto'
import { hostname } from 'os'
import { Option, type Command } from 'commander'
import {
  fleetOn,
  isReachable,
  openBackend,
  queuePlace,
  receivedEvents,
  startReceiver,
  type Divide,
  type Fleet
} from '../../../fleet'
import { presetSubscriptions, readMappingFile } from '../../../segment-host'
import { coloursFor, type Colours, type CommandContext } from '../../context'
import { listening } from '../../listening'
import { networkAddress, wholeNumber, type NetworkAddress } from '../../option-values'
import { standardError, startMetrics, type MetricsServer } from '../../watch'
import { addFleetGauges } from './fleet-gauges'
import { FLEET_HELP } from './help'
import { queueAddress } from './queue-address'
import { countedToo, receiverLines, receiverLog, receiverMetrics, type ClosedReceiveWatch } from './receive-watches'

interface ReceiveOptions extends NetworkAddress {
  queue?: string
  writeKey?: string
  mapping?: string
  log?: 'json'
  metrics?: NetworkAddress
}

/** Where the write key may stand, since arguments of a process can be seen by other users of a machine. */
const KEY_VARIABLE = 'KAMELEOON_RECEIVE_WRITE_KEY'

/** Received events wait in the inbox while so many jobs are on the partitions. */
const MOST_WAITING = 400

/** Adds the command `receive`. `onExitCode` receives its exit code. */
export function addReceive<Settings>(
  program: Command,
  context: CommandContext<Settings>,
  onExitCode: (code: number) => void
): void {
  program
    .command('receive')
    .description("Take events over HTTP, as Segment's Tracking API or webhooks, and put them on a queue for workers.")
    .option('--queue <url>', 'address of the queue: redis://… or postgres://…')
    .option('--port <number>', 'port to listen on; 0 takes any free one', wholeNumber(0, 65_535), 8080)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--write-key <key>', 'write key of the source (default: generated, and printed)')
    .option('--mapping <file>', "your own subscriptions instead of the destination's presets (JSON)")
    .addOption(new Option('--log <format>', 'log to standard error as JSON').choices(['json']))
    .option('--metrics <port>', 'serve Prometheus metrics at /metrics, /healthz and /readyz', networkAddress)
    .addHelpText('after', FLEET_HELP.receive)
    .action(async (options: ReceiveOptions) => onExitCode(await receive(options, context)))
}

/** Receives until it is stopped, and resolves to the exit code. @throws UsageError when it cannot start */
async function receive<Settings>(options: ReceiveOptions, context: CommandContext<Settings>): Promise<number> {
  const { terminal, definition } = context
  const address = queueAddress(options.queue, terminal.env)
  const subscriptions = options.mapping ? readMappingFile(options.mapping, definition) : presetSubscriptions(definition)
  // From here on, Ctrl-C stops it cleanly.
  const interrupted = context.untilInterrupted()
  const watch = options.log ? receiverLog(hostname(), standardError()) : receiverLines(terminal.stderr)
  const backend = await openBackend(address)
  try {
    const fleet = await fleetOn(backend)
    for (const risk of await fleet.risks()) watch.note(risk)
    const divide = receivedEvents({ fleet, destination: definition, subscriptions, mostWaiting: MOST_WAITING })
    return await receiveOn(fleet, divide, { ...options, place: queuePlace(address) }, context, watch, interrupted)
  } finally {
    watch.close()
    await backend.close()
  }
}

async function receiveOn<Settings>(
  fleet: Fleet,
  divide: Divide,
  options: ReceiveOptions & { place: string },
  { terminal }: CommandContext<Settings>,
  lines: ClosedReceiveWatch,
  interrupted: Promise<string>
): Promise<number> {
  const { metrics, watch } = await watched(fleet, options, lines)
  const given = options.writeKey ?? terminal.env[KEY_VARIABLE]?.trim()
  const writeKey = given || randomBytes(16).toString('hex')
  const receiver = await startReceiver({ fleet, writeKey, divide, watch })
  try {
    const url = await listening(receiver.server, options, { what: 'the receiver', option: '--port' })
    const shownKey = given ? null : writeKey
    terminal.stdout.write(runningText(url, options.place, shownKey, coloursFor(terminal.stdout, terminal.env)))
    watch.note(`${await interrupted}: requests under way are finished.`)
    return 0
  } finally {
    await receiver.close()
    await metrics?.watch.close()
  }
}

async function watched(
  fleet: Fleet,
  { metrics: address }: ReceiveOptions,
  watch: ClosedReceiveWatch
): Promise<{ metrics?: MetricsServer; watch: ClosedReceiveWatch }> {
  if (!address) return { watch }
  let whole = watch
  const metrics = await startMetrics(address, {
    register: (registry) => {
      addFleetGauges(registry, fleet)
      whole = countedToo(watch, receiverMetrics(registry))
    },
    isReady: () => isReachable(fleet)
  })
  watch.note(`Metrics are at ${metrics.url}`)
  return { metrics, watch: whole }
}

/** @param writeKey null for one that the user has given, and knows */
function runningText(url: string, place: string, writeKey: string | null, colours: Colours): string {
  const row = (label: string, value: string): string => `  ${colours.dim(label.padEnd(10))} ${value}`
  return [
    colours.bold('The receiver is running'),
    row('address', colours.cyan(url)),
    row('queue', place),
    ...(writeKey === null ? [] : [row('write key', `${writeKey} (for this run; set your own with ${KEY_VARIABLE})`)]),
    '',
    ''
  ].join('\n')
}
