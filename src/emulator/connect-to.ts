import type { DestinationDefinition } from '@segment/actions-core'
import { emulatorAgent, type Listener } from './emulator-agent'

/**
 * A copy of a destination definition whose requests all end at the emulator. Nothing else about it changes: it still asks
 * for the real https addresses.
 *
 * @param definition any destination built on actions-core
 * @param listener a running emulator
 */
export function connectTo<Settings>(
  definition: DestinationDefinition<Settings>,
  listener: Listener
): DestinationDefinition<Settings> {
  const agent = emulatorAgent(listener)
  return { ...definition, extendRequest: (context) => ({ ...definition.extendRequest?.(context), agent }) }
}
