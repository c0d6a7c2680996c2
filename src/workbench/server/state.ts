import { DATA_HOSTS, DEFAULT_DATA_REGION } from '../../destinations/kameleoon'
import type { Emulator } from '../../emulator'
import { WorkbenchState } from '../contract'
import type { ApiServer } from './api'
import type { DataFolder } from './data-folder/data-folder'
import type { Holder } from './data-folder/holder'
import type { EventLog } from './event-log/event-log'
import type { FaultSwitches } from './faults'
import type { LiveStream } from './live-stream'
import type { Runs } from './runs/runs'
import type { SettingsStore } from './settings/settings-store'
import type { SubscriptionStore } from './subscriptions/subscription-store'

/** What the state is read from. */
interface StateSources {
  version: string
  writeKey: string
  /** Where the workbench listens. */
  address: () => string
  dataFolder: Pick<DataFolder, 'holder'>
  settings: Pick<SettingsStore, 'target' | 'current'>
  subscriptions: Pick<SubscriptionStore, 'path'>
  events: Pick<EventLog, 'counts'>
  faults: Pick<FaultSwitches, 'on'>
  emulator: Pick<Emulator, 'totals'>
  runs: Pick<Runs, 'list'>
}

/** The current state of the workbench, as the contract describes it. */
export function stateOf(sources: StateSources): WorkbenchState {
  const { version, writeKey, address, dataFolder, settings, subscriptions, events, faults, emulator, runs } = sources
  return {
    ...{ version, writeKey, address: address(), target: targetOf(settings) },
    counts: { ...events.counts.toJSON(), discarded: emulator.totals.discarded },
    faults: faults.on(),
    runs: runs.list(),
    savedIn: subscriptions.path,
    readOnly: dataFolder.holder && shown(dataFolder.holder)
  }
}

function shown({ pid, address }: Holder): WorkbenchState['readOnly'] {
  return { pid, address }
}

function targetOf(settings: StateSources['settings']): WorkbenchState['target'] {
  const kind = settings.target
  const { sitecode = '', dataRegion } = settings.current()
  const label = kind === 'emulator' ? 'Emulated Kameleoon on this machine' : `REAL Kameleoon, project ${sitecode}`
  return { kind, label, sitecode: String(sitecode), dataHost: dataHostOf(dataRegion) }
}

function dataHostOf(dataRegion: unknown): string {
  const found = Object.entries(DATA_HOSTS).find(([region]) => region === dataRegion)
  return new URL(found?.[1] ?? DATA_HOSTS[DEFAULT_DATA_REGION]).host
}

/** The state of the workbench, once and as a stream of changes. */
export function stateRoutes(
  app: ApiServer,
  { state, stream }: { state: () => WorkbenchState; stream: LiveStream }
): void {
  app.get(
    '/state',
    { schema: { summary: 'The target, the write key, and counts of events', response: { 200: WorkbenchState } } },
    () => state()
  )

  const schema = {
    summary: 'Changes as server-sent events',
    description:
      'Event names: summary (data: EventSummary), state (data: WorkbenchState), cleared and saved (data: {}).',
    produces: ['text/event-stream'],
    response: { 200: { type: 'string' } }
  }
  app.get('/stream', { schema }, (_request, reply) => {
    reply.hijack()
    stream.add(reply.raw)
  })
}
