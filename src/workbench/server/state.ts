import { DATA_HOSTS, DEFAULT_DATA_REGION } from '../../destinations/kameleoon/kameleoon-api/hosts'
import { WorkbenchState } from '../contract'
import type { ApiServer } from './api'
import type { WorkbenchContext } from './context'
import type { SettingValues } from './settings/setting-values'

/** What the workbench is doing, in the words of the contract. */
export function stateOf(context: WorkbenchContext): WorkbenchState {
  const { version, writeKey, emulator, subscriptions, events } = context
  return {
    ...{ version, writeKey, address: context.address(), target: targetOf(context) },
    counts: { ...events.counts.told(), discarded: emulator.totals.discarded },
    faults: context.faults.on(),
    savedIn: subscriptions.path
  }
}

function targetOf({ settings }: WorkbenchContext): WorkbenchState['target'] {
  const kind = settings.target
  const { sitecode = '', dataRegion } = settings.current()
  const label = kind === 'emulator' ? 'Emulated Kameleoon on this machine' : `REAL Kameleoon, project ${sitecode}`
  return { kind, label, sitecode: String(sitecode), dataHost: dataHostOf(dataRegion) }
}

function dataHostOf(dataRegion: SettingValues[string] | undefined): string {
  const found = Object.entries(DATA_HOSTS).find(([region]) => region === dataRegion)
  return new URL(found?.[1] ?? DATA_HOSTS[DEFAULT_DATA_REGION]).host
}

/** What the workbench is doing, once and as a stream. */
export function stateRoutes(app: ApiServer, context: WorkbenchContext): void {
  app.get(
    '/state',
    { schema: { summary: 'Where events go, and how many there were', response: { 200: WorkbenchState } } },
    () => context.state()
  )

  const stream = {
    summary: 'Changes as server-sent events',
    description: 'Events summary (EventSummary), state (WorkbenchState), cleared and saved.',
    produces: ['text/event-stream'],
    response: { 200: { type: 'string' } }
  }
  app.get('/stream', { schema: stream }, (_request, reply) => {
    reply.hijack()
    context.stream.add(reply.raw)
  })
}
