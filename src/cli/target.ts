import { randomUUID } from 'crypto'
import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { DATA_HOSTS } from '../destinations/kameleoon/api/hosts'
import { connectTo, startEmulator, type Emulator, type RecordedRequest, type Retention } from '../emulator'
import type { Credentials } from './credentials'
import { hostDestination, type SendBatch } from './segment-host'

/** Where a run delivers to: Kameleoon itself, or an emulator inside this process. */
export interface Target {
  send: SendBatch
  emulator: Emulator | null
  close: () => Promise<void>
}

export type EmbeddedTarget = Target & { emulator: Emulator }

/** A file may be larger than memory, so the embedded emulator remembers little; its counts go on. */
const SMALL_RETENTION: Partial<Retention> = {
  requests: 20,
  requestBytes: 1_000_000,
  visitors: 500,
  eventsPerVisitor: 50,
  maps: 2_000,
  nonces: 10_000,
  thrownAway: 100
}

/** Kameleoon itself, with the user's credentials. */
export function realTarget<Settings>(definition: DestinationDefinition<Settings>, credentials: Credentials): Target {
  return {
    send: hostDestination(definition, { ...credentials }),
    emulator: null,
    close: () => Promise.resolve()
  }
}

/**
 * An emulator of Kameleoon inside this process, without rate limits: nothing is gained by waiting for them. With
 * `project` it stands in for that project, so that requests have its site code and host.
 */
export async function embeddedTarget<Settings>(
  definition: DestinationDefinition<Settings>,
  project: Partial<Credentials> = {},
  onRequest?: (request: RecordedRequest) => void
): Promise<EmbeddedTarget> {
  const { sitecode, dataRegion } = project
  const dataHost = dataRegion === undefined ? undefined : hostOf(dataRegion)
  const emulator = await startEmulator({
    rateLimits: false,
    retention: SMALL_RETENTION,
    // The destination keeps tokens and goals by credentials; those of an emulator before must not count for this one.
    clientId: `embedded-${randomUUID()}`,
    sitecode,
    dataHost,
    onRequest
  })
  const settings: JSONObject = { apiKey: emulator.apiKey, sitecode: emulator.sitecode }
  if (dataRegion) settings.dataRegion = dataRegion
  return {
    send: hostDestination(connectTo(definition, emulator), settings),
    emulator,
    close: () => emulator.close()
  }
}

function hostOf(dataRegion: string): string | undefined {
  const found = Object.entries(DATA_HOSTS).find(([region]) => region === dataRegion)
  return found && new URL(found[1]).host
}
