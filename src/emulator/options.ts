import { DEFAULT_CUSTOM_DATA, DEFAULT_GOALS, type NewCustomData, type NewGoal } from './catalog'
import type { Handled } from './results'
import type { RecordedRequest } from './recordings'
import type { Retention } from './retention'

export interface EmulatorOptions {
  /** 0 takes any free port. */
  port: number
  /** The address to listen on. Anything but this machine's own address makes the emulator reachable by others. */
  host: string
  /** The present time in milliseconds since 1970. Tokens, maps, visits and rate limits live by it. */
  clock: () => number
  sitecode: string
  clientId: string
  clientSecret: string
  /** The one Data API host that knows the site code; the other regions answer 404. */
  dataHost: string
  goals: NewGoal[]
  customData: NewCustomData[]
  /** Kameleoon's pages disagree: older ones merge fields and delete with null, newer ones delete with an empty map. */
  mapWrites: 'merge' | 'replace'
  tokenLifetimeSeconds: number
  /** The account's MUV, which decides its rate limits. */
  monthlyUniqueVisitors: number
  rateLimits: boolean
  /** Seconds named in `Retry-After` by a 429 answer. Whether Kameleoon names any is unknown, so none by default. */
  retryAfterSeconds?: number
  /** What happens to content Kameleoon cannot use: taken with 204 and discarded, or the request answered with 400. */
  content: 'accept' | 'reject'
  /** Whether the Data API answers 401 to a request without a token. */
  requireToken: boolean
  retention: Retention
  /** Called for every request when its answer is known. */
  onRequest?: (request: RecordedRequest) => void
  /** Called with what became of each part of a body of visit events or maps that was taken. */
  onHandled?: (handled: Handled) => void
  /**
   * Says who sent a request, by the port it was sent from. Called when the request arrives, while the port cannot belong to
   * another connection. The result is handed to `onHandled`, which may be called after the sender stopped waiting.
   */
  senderOf?: (port: number) => unknown
}

/** What a caller may leave out: everything, and everything within `retention`. */
export type EmulatorInput = Partial<Omit<EmulatorOptions, 'retention'>> & { retention?: Partial<Retention> }

const DEFAULT_RETENTION: Retention = {
  requests: 10_000,
  requestBytes: 256_000_000,
  visitors: 100_000,
  eventsPerVisitor: 1_000,
  maps: 100_000,
  nonces: Infinity,
  discarded: 10_000
}

const DEFAULTS: EmulatorOptions = {
  port: 0,
  host: '127.0.0.1',
  clock: () => Date.now(),
  sitecode: 'emulated01',
  clientId: 'emulator-client-not-real',
  clientSecret: 'emulator-secret-not-real',
  dataHost: 'eu-data.kameleoon.io',
  goals: DEFAULT_GOALS,
  customData: DEFAULT_CUSTOM_DATA,
  mapWrites: 'merge',
  tokenLifetimeSeconds: 7_200,
  monthlyUniqueVisitors: 500_000,
  rateLimits: true,
  content: 'accept',
  requireToken: false,
  retention: DEFAULT_RETENTION
}

/** API key that an emulator with these credentials accepts: base64 of a JSON object with `id` and `secret`. */
export function apiKeyOf({ clientId, clientSecret }: Pick<EmulatorOptions, 'clientId' | 'clientSecret'>): string {
  return Buffer.from(JSON.stringify({ id: clientId, secret: clientSecret })).toString('base64')
}

/** The settings with which a destination opens an emulator that was started without credentials of its own. */
export const DEFAULT_PROJECT = { apiKey: apiKeyOf(DEFAULTS), sitecode: DEFAULTS.sitecode }

/** The given options, completed with defaults. An option that is `undefined` counts as filtered. */
export function completeOptions(given: EmulatorInput = {}): EmulatorOptions {
  const { retention, ...rest } = given
  return { ...DEFAULTS, ...withoutUndefined(rest), retention: { ...DEFAULT_RETENTION, ...withoutUndefined(retention) } }
}

function withoutUndefined<T extends object>(options: T | undefined): Partial<T> {
  // Object.entries forgets which key has which type; only entries of the given object are put back together.
  return Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>
}
