import { hostname } from 'os'
import { Option, type Command } from 'commander'
import { useLocks } from '../../../destinations/kameleoon'
import {
  fleetDefinition,
  fleetLocks,
  fleetOn,
  isReachable,
  openBackend,
  queuePlace,
  sharedRate,
  work,
  type FinishedJob,
  type Fleet
} from '../../../fleet'
import { defaultRetryPolicy, secretsOf, UsageError, type Settled } from '../../../segment-host'
import type { CommandContext } from '../../context'
import { credentialsFrom, type Credentials } from '../../credentials'
import {
  concurrency,
  emulatorAddress,
  networkAddress,
  requestsPerMinute,
  type NetworkAddress
} from '../../option-values'
import { standardError, startMetrics, type MetricsServer } from '../../watch'
import { deliveryTarget } from '../deliver/delivery-target'
import { FLEET_HELP } from './help'
import { addFleetGauges } from './fleet-gauges'
import { queueAddress } from './queue-address'
import { RequestTotals } from './request-totals'
import { workerLines, type WorkerWatch } from './worker-lines'
import { workerLog } from './worker-log'

interface WorkOptions {
  queue?: string
  concurrency: number
  /** Requests a minute of the whole fleet. */
  rate?: number
  emulator?: string
  log?: 'json'
  metrics?: NetworkAddress
}

/** Adds the command `work`. `onExitCode` receives its exit code. */
export function addWork<Settings>(
  program: Command,
  context: CommandContext<Settings>,
  onExitCode: (code: number) => void
): void {
  program
    .command('work')
    .description('Deliver events that wait on a queue, until it is stopped; any number of workers may run.')
    .option('--queue <url>', 'address of the queue: redis://… or postgres://…')
    .option('--concurrency <number>', 'jobs under way at once', concurrency, 4)
    .option(
      '--rate <number>',
      "most requests a minute of the whole fleet (default: Kameleoon's limits)",
      requestsPerMinute
    )
    .option('--emulator <url>', 'deliver to an emulator that runs already', emulatorAddress)
    .addOption(new Option('--log <format>', 'log to standard error as JSON').choices(['json']))
    .option('--metrics <port>', 'serve Prometheus metrics at /metrics, /healthz and /readyz', networkAddress)
    .addHelpText('after', FLEET_HELP.work)
    .action(async (options: WorkOptions) => onExitCode(await runWorker(options, context)))
}

/** An emulator inside the worker would take events that were meant for Kameleoon. */
const NO_TARGET =
  'Say where events go: set KAMELEOON_API_KEY and KAMELEOON_SITECODE, or try with --emulator and the address of a "kameleoon-destination emulate"'

/** Works until it is stopped, and resolves to the exit code. @throws UsageError when it cannot start */
async function runWorker<Settings>(options: WorkOptions, context: CommandContext<Settings>): Promise<number> {
  const { terminal, definition } = context
  const address = queueAddress(options.queue, terminal.env)
  const credentials = credentialsFrom(terminal.env, definition)
  if (!credentials && !options.emulator) throw new UsageError(NO_TARGET)
  const secrets = secretsOf(definition, { ...credentials })
  const watch = options.log ? workerLog(hostname(), standardError(), secrets) : workerLines(terminal.stderr)
  const backend = await openBackend(address)
  try {
    const fleet = await fleetOn(backend)
    for (const risk of await fleet.risks()) watch.note(risk)
    watch.note(`Working on the queue at ${queuePlace(address)}.`)
    return await workOn(fleet, credentials, options, context, watch)
  } finally {
    watch.close()
    await backend.close()
  }
}

async function workOn<Settings>(
  fleet: Fleet,
  credentials: Credentials | null,
  options: WorkOptions,
  context: CommandContext<Settings>,
  watch: WorkerWatch
): Promise<number> {
  const stop = new AbortController()
  const totals = new RequestTotals(fleet)
  const ends: (() => Promise<void>)[] = [() => totals.close()]
  try {
    const metrics = options.metrics && (await fleetMetrics(options.metrics, fleet))
    if (metrics) ends.push(() => metrics.watch.close())
    if (metrics) watch.note(`Metrics are at ${metrics.url}`)
    const definition = await limitedDefinition(context, fleet, options.rate, totals, stop.signal)
    const target = await deliveryTarget(
      credentials,
      { emulator: options.emulator },
      { ...context, definition },
      { request: (request) => metrics?.watch.request(request), note: (text) => watch.note(text) }
    )
    ends.push(() => target.close())
    useLocks(fleetLocks(fleet.store))
    void context.untilInterrupted().then((signal) => {
      watch.note(`${signal}: jobs under way have ten seconds to settle; what is left of them goes back to the queue.`)
      stop.abort()
    })
    await work({
      ...{ fleet, send: target.send, concurrency: options.concurrency, signal: stop.signal },
      retry: { ...defaultRetryPolicy, ...context.retry },
      onJob: (job) => {
        watch.job(job)
        if (metrics) settledIn(job).forEach((settled) => metrics.watch.settled(settled))
      },
      onPause: (pause) => watch.note(pauseText(pause)),
      onState: (state) => watch.state(state),
      onTrouble: (reason) => watch.trouble(reason)
    })
    return 0
  } finally {
    useLocks(undefined)
    await Promise.allSettled(ends.map((end) => end()))
  }
}

function fleetMetrics(address: NetworkAddress, fleet: Fleet): Promise<MetricsServer> {
  return startMetrics(address, {
    register: (registry) => addFleetGauges(registry, fleet),
    isReady: () => isReachable(fleet)
  })
}

/** The definition with the limits that all workers keep together. */
async function limitedDefinition<Settings>(
  { definition }: CommandContext<Settings>,
  fleet: Fleet,
  ownRate: number | undefined,
  totals: RequestTotals,
  signal: AbortSignal
): Promise<CommandContext<Settings>['definition']> {
  const rate = await sharedRate(fleet, ownRate)
  return fleetDefinition(definition, {
    ...{ limiter: fleet.limiter, store: fleet.store, signal },
    ...(rate === undefined ? {} : { limits: { reading: rate, writing: rate } }),
    count: (_kind, status) => totals.count(status)
  })
}

/** The outcomes of a job as those of a file, which has lines. */
function settledIn({ subscription, outcomes }: FinishedJob): Settled[] {
  return outcomes.map((outcome) => ({ file: '', line: 0, text: null, subscription, outcome }))
}

function pauseText({ events, milliseconds, reason }: { events: number; milliseconds: number; reason: string }): string {
  return `${events.toLocaleString('en')} events are sent again in ${(milliseconds / 1000).toFixed(1)} s: ${reason}`
}
