import { DATA_HOSTS, DEFAULT_DATA_REGION } from '../../destinations/kameleoon/kameleoon-api/hosts'
import type { WorkbenchState } from '../contract'
import type { WorkbenchContext } from './context'
import type { SettingValues } from './settings'

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
