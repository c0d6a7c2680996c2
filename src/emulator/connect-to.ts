import type { DestinationDefinition } from '@segment/actions-core'
import { emulatorAgent, type Listener, type OnConnection } from './emulator-agent'

/**
 * A copy of a destination definition whose requests all end at the emulator. Nothing else about it changes: it still asks
 * for the real https addresses.
 *
 * @param definition any destination built on actions-core
 * @param listener a running emulator
 * @param onConnection called with the connection of every request, to recognise the request in `onHandled`
 */
export function connectTo<Settings>(
  definition: DestinationDefinition<Settings>,
  listener: Listener,
  onConnection?: OnConnection
): DestinationDefinition<Settings> {
  const agent = emulatorAgent(listener, onConnection)
  return { ...definition, extendRequest: (context) => ({ ...definition.extendRequest?.(context), agent }) }
}
