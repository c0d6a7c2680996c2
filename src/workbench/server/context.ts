import type { DestinationDefinition } from '@segment/actions-core'
import { randomUUID } from 'crypto'
import { join } from 'path'
import { connectTo, startEmulator, type Emulator, type Modes } from '../../emulator'
import type { RetryPolicy } from '../../segment-host'
import type { WorkbenchState } from '../contract'
import { LiveDelivery } from './delivery/live-delivery'
import { LiveHost } from './delivery/live-host'
import { EventLog } from './event-log/event-log'
import { EmulatorResults } from './delivery/emulator-results'
import { FaultSwitches } from './faults'
import type { HostedDefinition, TargetKind } from './hosted'
import { LiveStream } from './live-stream'
import { OverviewCounts } from './overview/overview-counts'
import { Runs } from './runs/runs'
import type { SettingValues } from './settings/setting-values'
import { SettingsStore } from './settings/settings-store'
import { stateOf } from './state'
import { SubscriptionStore } from './subscriptions/subscription-store'
import { savedWriteKey } from './tracking/write-key'

export interface WorkbenchOptions<Settings> {
  definition: DestinationDefinition<Settings>
  /** Version of the workbench, shown on the page. */
  version: string
  /** 0 takes any free port. */
  port: number
  /** Use a free port when `port` is taken. Default false: starting then fails. */
  anyPort?: boolean
  /** The address to listen on. Any address that other machines can reach needs `allowRemote`. Default 127.0.0.1. */
  host?: string
  /** Default false. */
  allowRemote?: boolean
  /** The folder for mappings, settings and the write key. It is created if it does not exist. */
  dataFolder: string
  /** Settings of the real Kameleoon. When they are given, the workbench starts with the real Kameleoon as its target. */
  credentials?: SettingValues | null
  /** Default: generated once and kept in the data folder. */
  writeKey?: string
  /** A file with one JSON event per line, delivered at the start unless the target is the real Kameleoon. */
  examplesPath?: string
  /** The folder with the built page. Default: the one of this package. */
  pageFolder?: string
  /** Overrides parts of the default retry policy. */
  retry?: Partial<RetryPolicy>
  /** The current time in milliseconds. Default `Date.now`. */
  clock?: () => number
  /** How its emulator behaves where Kameleoon's behaviour is not known. Default: as the emulator does without options. */
  modes?: Partial<Modes>
  /** How long events are gathered before they are sent as a batch, in milliseconds. Default 25. */
  gatherMs?: number
  /** Receives messages for the user, for example about a saved file that cannot be used. */
  log?: (line: string) => void
}

/** The parts of a running workbench. */
export interface WorkbenchContext {
  readonly definition: HostedDefinition
  /** The definition as it is used for a target: connected to the embedded emulator, or unchanged. */
  readonly definitionFor: (target: TargetKind) => HostedDefinition
  readonly emulator: Emulator
  readonly settings: SettingsStore
  readonly subscriptions: SubscriptionStore
  readonly faults: FaultSwitches
  readonly events: EventLog
  readonly overview: OverviewCounts
  readonly delivery: LiveDelivery
  /** Files and replays of many events. */
  readonly runs: Runs
  readonly stream: LiveStream
  /** The current time in milliseconds. */
  readonly clock: () => number
  readonly writeKey: string
  readonly version: string
  /** `http://host:port`. Throws before the workbench listens. */
  address(): string
  state(): WorkbenchState
  /** Ends all parts, the newest first. */
  close(): Promise<void>
}

/**
 * Opens what is saved and creates all parts of a workbench.
 * @param address where the workbench listens; called only after it listens
 * @throws UsageError when a saved file cannot be used or written
 */
export async function openContext<Settings>(
  options: WorkbenchOptions<Settings>,
  address: () => string
): Promise<WorkbenchContext> {
  const results = new EmulatorResults()
  const emulator = await embeddedEmulator(results, options)
  try {
    return await contextWith(options, { emulator, results, address })
  } catch (error) {
    await emulator.close()
    throw error
  }
}

/** The local Kameleoon. It keeps as much as one session needs, and has no rate limits until they are switched on. */
function embeddedEmulator<Settings>(
  results: EmulatorResults,
  { clock, modes }: Pick<WorkbenchOptions<Settings>, 'clock' | 'modes'>
): Promise<Emulator> {
  return startEmulator({
    ...modes,
    clock,
    rateLimits: false,
    // The destination caches tokens and goals by credentials, so each emulator needs credentials of its own.
    clientId: `workbench-${randomUUID()}`,
    clientSecret: randomUUID(),
    anyLocalClient: true,
    retention: { requests: 200, requestBytes: 8_000_000, visitors: 20_000, nonces: 200_000, maps: 20_000 },
    senderOf: results.senderOf,
    onHandled: results.onHandled
  })
}

interface Foundation {
  emulator: Emulator
  results: EmulatorResults
  address: () => string
}

async function contextWith<Settings>(
  options: WorkbenchOptions<Settings>,
  { emulator, results, address }: Foundation
): Promise<WorkbenchContext> {
  const { retry, gatherMs, clock = Date.now, version } = options
  // The settings of a definition are checked where they are used, so their type is not needed here.
  const definition = options.definition as unknown as HostedDefinition
  const connected = connectTo(definition, emulator, results.onConnection)
  const definitionFor: WorkbenchContext['definitionFor'] = (target) => (target === 'real' ? definition : connected)
  const { settings, subscriptions, writeKey } = await openSaved(options, definition, emulator)
  const events = new EventLog()
  const overview = new OverviewCounts({ events, clock })
  const faults = new FaultSwitches(emulator)
  const runs = new Runs(events, clock)
  const state = (): WorkbenchState =>
    stateOf({ version, writeKey, address, settings, subscriptions, events, faults, emulator, runs })
  const { sender } = new LiveHost({ settings, definitionFor, clock })
  const goalName = (goalId: number): string | null =>
    settings.target === 'emulator' ? (emulator.goals.find(({ id }) => id === goalId)?.name ?? null) : null
  const delivery = new LiveDelivery({
    ...{ events, settings, subscriptions, sender, results, goalName, retry, clock, gatherMs }
  })
  const stream = new LiveStream(events, state)
  settings.onChange(() => stream.saved())
  subscriptions.onChange(() => stream.saved())
  const close = async (): Promise<void> => {
    for (const part of [runs, stream, delivery, subscriptions, emulator]) await part.close()
  }
  return {
    ...{ definition, definitionFor, emulator, settings, subscriptions, faults, events, overview, delivery, runs },
    stream,
    ...{ clock, writeKey, version, address, state, close }
  }
}

async function openSaved<Settings>(
  { dataFolder, credentials, log, writeKey }: WorkbenchOptions<Settings>,
  definition: HostedDefinition,
  { apiKey, sitecode }: Emulator
) {
  const settings = await SettingsStore.open({
    path: join(dataFolder, 'settings.json'),
    definition,
    given: { emulator: { apiKey, sitecode }, ...(credentials ? { real: credentials } : {}) },
    target: credentials ? 'real' : undefined
  })
  const subscriptions = await SubscriptionStore.open({ path: join(dataFolder, 'mappings.json'), definition, log })
  return { settings, subscriptions, writeKey: writeKey ?? (await savedWriteKey(dataFolder)) }
}
