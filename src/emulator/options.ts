import type { Retention } from './bounded'
import { DEFAULT_MODES, type Modes } from './modes'
import { DEFAULT_CUSTOM_DATA, DEFAULT_GOALS, type NewCustomData, type NewGoal } from './project'
import type { Handled } from './results'
import type { RecordedRequest } from './recordings'

/** Where and how the emulator runs, and how it behaves where Kameleoon's behaviour is not known. */
export interface EmulatorOptions extends Modes {
  /** Port to listen on; 0 (the default) takes any free one. */
  port: number
  /** Address to listen on. Default 127.0.0.1; with another address, other machines can reach the emulator. */
  host: string
  /** The present time in milliseconds since 1970, used for tokens, maps, visits and rate limits. Default: Date.now. */
  clock: () => number
  sitecode: string
  clientId: string
  clientSecret: string
  /**
   * Whether any id and secret get a token when the request names this machine as its host, as one from a shell does. For
   * commands that people copy, and which must not contain a secret. Default false.
   */
  anyLocalClient: boolean
  /** The Data API host that knows the site code. The other regions answer 404. Default eu-data.kameleoon.io. */
  dataHost: string
  /** The Data API host that the SDK configuration names. Default: the same as `dataHost`. */
  dataApiDomain?: string
  goals: NewGoal[]
  customData: NewCustomData[]
  tokenLifetimeSeconds: number
  /** Monthly unique visitors of the account, which decide its rate limits. Default 500,000. */
  monthlyUniqueVisitors: number
  rateLimits: boolean
  retention: Retention
  /** Called for every request once its status is known. */
  onRequest?: (request: RecordedRequest) => void
  /** Called for every accepted body of visit events or maps, with the result of each part. */
  onHandled?: (handled: Handled) => void
  /**
   * Returns the sender of a request, by the port it was sent from. Called when the request arrives, while the port cannot
   * belong to another connection. The result is passed to `onHandled`, which may be called after the sender has given up.
   */
  senderOf?: (port: number) => unknown
}

/** Options as a caller gives them: all optional, also those within `retention`. */
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
  ...DEFAULT_MODES,
  port: 0,
  host: '127.0.0.1',
  clock: () => Date.now(),
  sitecode: 'emulated01',
  clientId: 'emulator-client-not-real',
  clientSecret: 'emulator-secret-not-real',
  anyLocalClient: false,
  dataHost: 'eu-data.kameleoon.io',
  goals: DEFAULT_GOALS,
  customData: DEFAULT_CUSTOM_DATA,
  tokenLifetimeSeconds: 7_200,
  monthlyUniqueVisitors: 500_000,
  rateLimits: true,
  retention: DEFAULT_RETENTION
}

/** The API key for these credentials: base64 of a JSON object with `id` and `secret`. */
export function apiKeyOf({ clientId, clientSecret }: Pick<EmulatorOptions, 'clientId' | 'clientSecret'>): string {
  return Buffer.from(JSON.stringify({ id: clientId, secret: clientSecret })).toString('base64')
}

/** Destination settings for an emulator that was started with the default credentials. */
export const DEFAULT_PROJECT = { apiKey: apiKeyOf(DEFAULTS), sitecode: DEFAULTS.sitecode }

/** The given options, completed with defaults. An option that is `undefined` gets its default. */
export function completeOptions(given: EmulatorInput = {}): EmulatorOptions {
  const { retention, ...rest } = given
  return { ...DEFAULTS, ...withoutUndefined(rest), retention: { ...DEFAULT_RETENTION, ...withoutUndefined(retention) } }
}

function withoutUndefined<T extends object>(options: T | undefined): Partial<T> {
  // Object.entries loses the types of the keys; the result only has entries of the given object.
  return Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>
}
