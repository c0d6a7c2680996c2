import { randomUUID } from 'crypto'
import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { DATA_HOSTS } from '../destinations/kameleoon'
import { connectTo, startEmulator, type Emulator, type RecordedRequest, type Retention } from '../emulator'
import type { Credentials } from './credentials'
import { hostDestination, type SendBatch, UsageError } from '../segment-host'

/** Where a run delivers to: Kameleoon itself, or an emulator inside this process. */
export interface Target {
  send: SendBatch
  emulator: Emulator | null
  close: () => Promise<void>
}

export type EmbeddedTarget = Target & { emulator: Emulator }

/** A file may be larger than memory, so the embedded emulator keeps little. Its totals still count everything. */
const SMALL_RETENTION: Partial<Retention> = {
  requests: 20,
  requestBytes: 1_000_000,
  visitors: 500,
  eventsPerVisitor: 50,
  maps: 2_000,
  nonces: 10_000,
  discarded: 100
}

/** Kameleoon itself, with the user's credentials. */
export function realTarget<Settings>(definition: DestinationDefinition<Settings>, credentials: Credentials): Target {
  return {
    send: host(definition, { ...credentials }),
    emulator: null,
    close: () => Promise.resolve()
  }
}

/**
 * An emulator of Kameleoon inside this process, without rate limits, which would only make a run longer. With `project`,
 * requests have the site code and the host of that project.
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
    // The destination caches tokens and goals by credentials; those of an earlier emulator must not be used for this one.
    clientId: `embedded-${randomUUID()}`,
    sitecode,
    dataHost,
    onRequest
  })
  const settings: JSONObject = { apiKey: emulator.apiKey, sitecode: emulator.sitecode }
  if (dataRegion) settings.dataRegion = dataRegion
  try {
    return { send: host(connectTo(definition, emulator), settings), emulator, close: () => emulator.close() }
  } catch (error) {
    await emulator.close()
    throw error
  }
}

/** An emulator that runs elsewhere on this machine, such as `kameleoon-destination emulate`. */
export function emulatorTarget<Settings>(
  definition: DestinationDefinition<Settings>,
  url: string,
  credentials: Credentials
): Target {
  return {
    send: host(connectTo(definition, { url }), { ...credentials }),
    emulator: null,
    close: () => Promise.resolve()
  }
}

/** Segment's framework names its schemas after the destination; newer releases of fast-uri reject such names as addresses. */
function host<Settings>(definition: DestinationDefinition<Settings>, settings: JSONObject): SendBatch {
  try {
    return hostDestination(definition, settings)
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('URI scheme')) throw error
    throw new UsageError(
      'fast-uri 3.1.6 or later is installed, and ajv fails with it. See "What a host must pin" in the README'
    )
  }
}

function hostOf(dataRegion: string): string | undefined {
  const found = Object.entries(DATA_HOSTS).find(([region]) => region === dataRegion)
  return found && new URL(found[1]).host
}
