import type { FastifyInstance } from 'fastify'
import { isIPv6, type AddressInfo } from 'net'
import type { CustomData, Goal, NewCustomData, NewGoal } from './project'
import { EmulatorCopy } from './copy'
import type { Faults } from './faults'
import { isForeign } from './hosts'
import type { MapFields, StoredMap } from './maps'
import type { Modes } from './modes'
import type { Duplicate } from './nonces'
import { apiKeyOf, completeOptions, type EmulatorInput } from './options'
import type { RecordedRequest, Discarded, Totals } from './recordings'
import { State } from './state'
import type { VisitEvent } from './events/visit-event'
import type { Visitor } from './visitors'

/** A running emulator: its address, the requests it received, and the data it stores. */
export class Emulator {
  constructor(
    private readonly server: FastifyInstance,
    private readonly state: State,
    readonly port: number
  ) {}

  /** `http://host:port`, without a slash at the end. */
  get url(): string {
    const { host } = this.state.options
    return `http://${isIPv6(host) ? `[${host}]` : host}:${this.port}`
  }

  /** The API key for Segment's settings: base64 of `{"id", "secret"}`. */
  get apiKey(): string {
    return apiKeyOf(this.state.options)
  }

  get sitecode(): string {
    return this.state.options.sitecode
  }

  /** The last requests, oldest first. */
  get requests(): RecordedRequest[] {
    return this.state.recordings.requests
  }

  /** Requests that arrived at hosts which are not Kameleoon's, as happens when a client follows a redirect. */
  get misdirected(): RecordedRequest[] {
    const { host: own } = this.state.options
    return this.requests.filter(({ host }) => isForeign(host) && host !== own)
  }

  /** What Kameleoon would have discarded after accepting it. Empty when the client sends correct data. */
  get discarded(): Discarded[] {
    return this.state.recordings.discarded
  }

  /** Events that were received more than once. Each is stored once. */
  get duplicates(): Duplicate[] {
    return this.state.nonces.duplicates
  }

  get totals(): Totals {
    return this.state.recordings.totals
  }

  get tokensIssued(): number {
    return this.state.tokens.issued
  }

  /** Visitor codes that `POST /visit/forget` named. */
  get forgotten(): string[] {
    return this.state.forgotten.items
  }

  get goals(): Goal[] {
    return this.state.project.goals
  }

  get customData(): CustomData[] {
    return this.state.project.customData
  }

  get faults(): Faults {
    return this.state.faults
  }

  /** The codes of all visitors with events, the one with the oldest last event first. */
  visitors(): string[] {
    return this.state.visitors.codes()
  }

  /** The stored visit events of a visitor, the oldest first; quicker than `visitor`, which also sums them up. */
  eventsOf(visitorCode: string): readonly VisitEvent[] {
    return this.state.visitors.events(visitorCode)
  }

  visitor(visitorCode: string): Visitor | undefined {
    return this.state.visitors.get(visitorCode)
  }

  /** The fields of the map under this key, or undefined when there is none or it has expired. */
  map(key: string): MapFields | undefined {
    return this.state.maps.get(key)
  }

  /**
   * The field names under a key, those with a null among them. Readers of audiences loop over field names whatever the value:
   * https://github.com/Kameleoon/cohorts-integrations
   */
  fieldNames(key: string): string[] {
    return Object.keys(this.map(key) ?? {})
  }

  /** Every map that has not expired, by key. */
  maps(): Record<string, StoredMap> {
    return this.state.maps.all()
  }

  /**
   * A copy of its project and data that answers without a network, to try what requests would do.
   * @param modes in which the copy differs
   */
  copy(modes?: Partial<Modes>): Promise<EmulatorCopy> {
    return EmulatorCopy.of(this.state, modes)
  }

  addGoal(goal: NewGoal): Goal {
    return this.state.project.addGoal(goal)
  }

  addCustomData(customData: NewCustomData): CustomData {
    return this.state.project.addCustomData(customData)
  }

  /** Makes every access token issued so far invalid at once. */
  expireTokens(): void {
    this.state.tokens.expireAll()
  }

  /** Removes visitors, maps, nonces and recordings. Goals, custom data, tokens and faults stay. */
  forgetData(): void {
    this.state.forgetData()
  }

  /** Removes data, recordings, faults and tokens, and restores the initial goals and custom data. Options stay. */
  reset(): void {
    this.state.reset()
  }

  /** Stops listening and closes every connection, also those in use. */
  async close(): Promise<void> {
    await this.server.close()
  }
}

/**
 * Starts a local Kameleoon over plain HTTP.
 *
 * @example
 * const emulator = await startEmulator({ mapWrites: 'replace' })
 * const destination = new Destination(connectTo(definition, emulator))
 * // ... send events, then look at emulator.visitor('some-code')
 * await emulator.close()
 *
 * @param options every option has a default, see EmulatorOptions
 * @throws the error of node:net when the port cannot be used
 */
export async function startEmulator(options?: EmulatorInput): Promise<Emulator> {
  const state = new State(completeOptions(options))
  // Loaded only here, since most of its time goes into libraries that a client of an emulator does not need.
  const { createServer } = await import('./server')
  const server = createServer(state)
  await server.listen({ port: state.options.port, host: state.options.host })
  // A server that listens on a port always has an AddressInfo.
  const { port } = server.server.address() as AddressInfo
  return new Emulator(server, state, port)
}
