import { startEmulator, type Emulator, type EmulatorOptions, type Visitor } from '../../emulator'
import type { Discarded, RecordedRequest, Retention, StoredMap, Totals } from '../../emulator'

/** How the embedded emulator is started. Plain data, so that it can be sent to another thread. */
export type EmbeddedOptions = Partial<Pick<EmulatorOptions, 'clientId' | 'sitecode' | 'dataHost' | 'rateLimits'>> & {
  retention?: Partial<Retention>
}

/** What visit events told about one visitor. */
export type VisitedVisitor = Pick<Visitor, 'visitorCode' | 'conversions' | 'pages' | 'customData'>

/** What an emulator received and stores. Plain data, a copy of the moment. */
export interface EmulatorReport {
  totals: Totals
  /** What Kameleoon would have discarded after accepting it; the last ones. */
  discarded: Discarded[]
  /** The one with the oldest last event first. */
  visitors: VisitedVisitor[]
  /** Every stored map that has not expired, by key. */
  maps: Record<string, StoredMap>
}

/** An emulator of Kameleoon that belongs to one run of a command. */
export interface EmbeddedEmulator {
  /** `http://127.0.0.1:port`. */
  readonly url: string
  /** The API key for Segment's settings. */
  readonly apiKey: string
  readonly sitecode: string
  /** Why the emulator ended by itself; undefined while it runs. */
  failure: () => Error | undefined
  /** Rejects with a UsageError when the emulator ended by itself. */
  report: () => Promise<EmulatorReport>
  /** Ends the emulator. Resolves after `onRequest` was called for every request. Does not fail when it has ended already. */
  close: () => Promise<void>
}

/**
 * Starts an embedded emulator.
 * @param onRequest called for each request, in their order, once its status is known
 */
export type StartEmbedded = (
  options: EmbeddedOptions,
  onRequest?: (request: RecordedRequest) => void
) => Promise<EmbeddedEmulator>

/** An emulator in the present thread. */
export const startInProcess: StartEmbedded = async (options, onRequest) => {
  const emulator = await startEmulator({ ...options, onRequest })
  return {
    ...addressOf(emulator),
    failure: () => undefined,
    report: () => Promise.resolve(reportOf(emulator)),
    close: () => emulator.close()
  }
}

/** What a client needs in order to reach an emulator. */
export type EmulatorAddress = Pick<EmbeddedEmulator, 'url' | 'apiKey' | 'sitecode'>

export function addressOf({ url, apiKey, sitecode }: Emulator): EmulatorAddress {
  return { url, apiKey, sitecode }
}

export function reportOf(emulator: Emulator): EmulatorReport {
  const visitors = emulator.visitors().flatMap((code) => emulator.visitor(code) ?? [])
  return {
    totals: emulator.totals,
    discarded: emulator.discarded,
    // Without the raw events, which are many and repeat the rest.
    visitors: visitors.map(({ visitorCode, conversions, pages, customData }) => {
      return { visitorCode, conversions, pages, customData }
    }),
    maps: emulator.maps()
  }
}
