import type { FastifyInstance } from 'fastify'
import { isIPv6, type AddressInfo } from 'net'
import type { CustomData, Goal, NewCustomData, NewGoal } from './catalog'
import type { Faults } from './faults'
import type { MapFields, StoredMap } from './maps'
import type { Duplicate } from './nonces'
import { apiKeyOf, completeOptions, type EmulatorInput } from './options'
import type { RecordedRequest, Discarded, Totals } from './recordings'
import { createServer } from './server'
import { State } from './state'
import type { Visitor } from './visitors'

/** A running emulator: where it listens, what it was sent, and what it knows. */
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

  /** The key a customer would paste into Segment: base64 of `{"id", "secret"}`. */
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

  /** What Kameleoon would have discarded after accepting it. Empty is what a good client leaves. */
  get discarded(): Discarded[] {
    return this.state.recordings.discarded
  }

  /** Events that came more than once, each stored once. */
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
    return this.state.catalog.goals
  }

  get customData(): CustomData[] {
    return this.state.catalog.customData
  }

  get faults(): Faults {
    return this.state.faults
  }

  /** The codes of all visitors with events, the one heard from longest ago first. */
  visitors(): string[] {
    return this.state.visitors.codes()
  }

  visitor(visitorCode: string): Visitor | undefined {
    return this.state.visitors.get(visitorCode)
  }

  /** The fields of the map under this key, or nothing when there is none or it has expired. */
  map(key: string): MapFields | undefined {
    return this.state.maps.get(key)
  }

  /** Every map that has not expired, by key. */
  maps(): Record<string, StoredMap> {
    return this.state.maps.all()
  }

  addGoal(goal: NewGoal): Goal {
    return this.state.catalog.addGoal(goal)
  }

  addCustomData(customData: NewCustomData): CustomData {
    return this.state.catalog.addCustomData(customData)
  }

  /** Makes every access token issued so far invalid at once. */
  expireTokens(): void {
    this.state.tokens.expireAll()
  }

  /** Forgets visitors, maps, nonces and recordings; goals, tokens and faults stay as they are. */
  forgetData(): void {
    this.state.forgetData()
  }

  /** Forgets data, recordings, faults and tokens, and goes back to the first goals and custom data; the options stay. */
  reset(): void {
    this.state.reset()
  }

  /** Stops listening and cuts every connection, idle or not. */
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
 * @param options everything may be filtered, see EmulatorOptions
 * @throws the error of node:net when the port cannot be used
 */
export async function startEmulator(options?: EmulatorInput): Promise<Emulator> {
  const state = new State(completeOptions(options))
  const server = createServer(state)
  await server.listen({ port: state.options.port, host: state.options.host })
  // A server that listens on a port always has an address of this shape.
  const { port } = server.server.address() as AddressInfo
  return new Emulator(server, state, port)
}
