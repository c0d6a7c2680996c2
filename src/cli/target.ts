import { randomUUID } from 'crypto'
import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { DATA_HOSTS } from '../destinations/kameleoon'
import { connectTo, type RecordedRequest, type Retention } from '../emulator'
import type { CommandContext } from './context'
import type { Credentials } from './credentials'
import { startInProcess, type EmbeddedEmulator } from './embedded/embedded-emulator'
import { hostDestination, type SendBatch } from '../segment-host'

/** Where a run delivers to: Kameleoon itself, or an emulator. */
export interface Target {
  send: SendBatch
  /** The emulator inside this process; null for any other target. */
  emulator: EmbeddedEmulator | null
  close: () => Promise<void>
}

export type EmbeddedTarget = Target & { emulator: EmbeddedEmulator }

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
    send: hostDestination(definition, { ...credentials }),
    emulator: null,
    close: () => Promise.resolve()
  }
}

/**
 * An emulator of Kameleoon inside this process, without rate limits, which would only make a run longer. With `project`,
 * requests have the site code and the host of that project.
 */
export async function embeddedTarget<Settings>(
  { definition, startEmbedded = startInProcess }: Pick<CommandContext<Settings>, 'definition' | 'startEmbedded'>,
  { sitecode, dataRegion }: Partial<Credentials> = {},
  onRequest?: (request: RecordedRequest) => void
): Promise<EmbeddedTarget> {
  const options = {
    rateLimits: false,
    retention: SMALL_RETENTION,
    // The destination caches tokens and goals by credentials; those of an earlier emulator must not be used for this one.
    clientId: `embedded-${randomUUID()}`,
    sitecode,
    dataHost: dataRegion === undefined ? undefined : dataHostOf(dataRegion)
  }
  const emulator = await startEmbedded(options, onRequest)
  const settings: JSONObject = { apiKey: emulator.apiKey, sitecode: emulator.sitecode }
  if (dataRegion) settings.dataRegion = dataRegion
  try {
    const send = whileRunning(emulator, hostDestination(connectTo(definition, emulator), settings))
    return { send, emulator, close: () => emulator.close() }
  } catch (error) {
    await emulator.close()
    throw error
  }
}

/** An emulator that has ended never answers again, so its events are rejected at once, with a status that is not retried. */
function whileRunning({ failure }: EmbeddedEmulator, send: SendBatch): SendBatch {
  return async (events, subscription) => {
    const nodes = await send(events, subscription)
    const ended = failure()
    return ended ? events.map(() => ({ status: 400, errormessage: ended.message })) : nodes
  }
}

/** An emulator that runs elsewhere on this machine, such as `kameleoon-destination emulate`. */
export function emulatorTarget<Settings>(
  definition: DestinationDefinition<Settings>,
  url: string,
  credentials: Credentials
): Target {
  return {
    send: hostDestination(connectTo(definition, { url }), { ...credentials }),
    emulator: null,
    close: () => Promise.resolve()
  }
}

/** The host name of a region's Data API. */
export function dataHostOf(dataRegion: string): string | undefined {
  const found = Object.entries(DATA_HOSTS).find(([region]) => region === dataRegion)
  return found && new URL(found[1]).host
}
