import { join } from 'path'
import { type Emulator, connectTo } from '../../emulator'
import type { WorkbenchContext } from './context'
import { LiveDelivery } from './delivery/live-delivery'
import { LiveHost } from './delivery/live-host'
import { EventLog } from './event-log/event-log'
import type { Judgements } from './exchange/judgements'
import { FaultSwitches } from './faults'
import type { HostedDefinition } from './hosted'
import { LiveStream } from './live-stream'
import type { WorkbenchOptions } from './options'
import { SettingsStore } from './settings/settings-store'
import { stateOf } from './state'
import { SubscriptionStore } from './subscriptions/subscription-store'
import { savedWriteKey } from './tracking/tracking-request'

/** Something that has to end with the workbench. */
export interface Closable {
  close(): unknown
}

/** What is there before the rest. */
export interface Foundation {
  emulator: Emulator
  judgements: Judgements
  /** Takes what has to end with the workbench, in the order of its making. */
  parts: Closable[]
  address: () => string
}

/** Opens what is saved and puts everything together. Throws a UsageError when something saved cannot be used. */
export async function openContext<Settings>(
  options: WorkbenchOptions<Settings>,
  { emulator, judgements, parts, address }: Foundation
): Promise<WorkbenchContext> {
  const { retry, gatherMs, clock = Date.now, version } = options
  // Which settings a definition wants is checked where it is used, whatever its type says.
  const definition = options.definition as unknown as HostedDefinition
  const connected = connectTo(definition, emulator)
  const definitionFor: WorkbenchContext['definitionFor'] = (target) => (target === 'real' ? definition : connected)
  const { settings, subscriptions, writeKey } = await openSaved(options, definition, emulator)
  const events = new EventLog()
  const { sender } = new LiveHost({ settings, definitionFor, judgements, clock })
  const delivery = new LiveDelivery({ events, settings, subscriptions, sender, retry, clock, gatherMs })
  const stream = new LiveStream(events, () => stateOf(context))
  settings.onChange(() => stream.saved())
  subscriptions.onChange(() => stream.saved())
  parts.push(subscriptions, delivery, stream)
  const context: WorkbenchContext = {
    ...{ definition, definitionFor, emulator, settings, subscriptions, events, delivery, stream },
    ...{ faults: new FaultSwitches(emulator), clock, writeKey, version, address, state: () => stateOf(context) }
  }
  return context
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
