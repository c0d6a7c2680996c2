import { randomUUID } from 'crypto'
import { startEmulator, type Emulator } from '../../emulator'
import type { Judgements } from './exchange/judgements'

/** The local Kameleoon: it keeps what a session needs, and has no rate limits until they are switched on. */
export function embeddedEmulator(judgements: Judgements, clock?: () => number): Promise<Emulator> {
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
