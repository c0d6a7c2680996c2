import { Destination, type JSONObject, type SegmentEvent } from '@segment/actions-core'
import definition from '../destinations/kameleoon'
import { processMemory } from '../destinations/kameleoon/kameleoon-api/project'
import { USER_AGENT } from '../destinations/kameleoon/kameleoon-api/connection'
import type { Settings } from '../destinations/kameleoon/generated-types'
import { connectTo, startEmulator, type Emulator, type EmulatorInput, type RecordedRequest } from '../emulator'

/** The outcome of one event in Segment. `error` is set for single events only: batches do not throw. */
export interface Outcome {
  status: number
  errortype?: string
  errormessage?: string
  sent?: { visitEvents?: Array<Record<string, unknown>>; maps?: Record<string, Record<string, unknown>> }
  body?: unknown
  error?: Error
}

interface Options {
  signal?: AbortSignal
}

const running: Kameleoon[] = []

/** The destination, connected to a strict local Kameleoon. */
export class Kameleoon {
  /** How many events are expected to come twice. */
  expectedDuplicates = 0
  settings: Settings
  readonly destination: Destination<Settings>

  constructor(readonly emulator: Emulator) {
    this.settings = { apiKey: emulator.apiKey, sitecode: emulator.sitecode }
    this.destination = new Destination(connectTo(definition, emulator))
  }

  /** One event through `onEvent`, with the preset for its type and these fields of the mapping changed. */
  async single(event: SegmentEvent, mapping: JSONObject = {}, options: Options = {}): Promise<Outcome> {
    try {
      const results = await this.destination.onEvent(event, this.configuration(event, mapping), options)
      // The last result of an action holds what its perform returned.
      return (results[results.length - 1] as unknown as { data: Outcome }).data
    } catch (error) {
      return thrown(error)
    }
  }

  /** Events of one type through `onBatch`; one outcome each. */
  async batch(events: SegmentEvent[], mapping: JSONObject = {}, options: Options = {}): Promise<Outcome[]> {
    const [result] = await this.destination.onBatch(events, this.configuration(events[0], mapping), options)
    return (result as { multistatus: Outcome[] }).multistatus
  }

  /** Back to the beginning, without a new server. */
  reset(): void {
    this.emulator.reset()
    // The framework keeps every response, and a long test would keep them all.
    this.destination.responses.length = 0
  }

  requests(path: string, method = 'POST'): RecordedRequest[] {
    return this.emulator.requests.filter((request) => request.path === path && request.method === method)
  }

  /** Visit events of all requests that Kameleoon accepted, as they were written. */
  visitEvents(): Array<Record<string, unknown>> {
    return this.requests('/visit/events')
      .filter(({ status }) => status === 204)
      .flatMap(({ body }) => JSON.parse(body) as Array<Record<string, unknown>>)
  }

  /** Fields stored under a key. One that is null is among them, since readers loop over names whatever the value. */
  stored(key: string): Record<string, unknown> | undefined {
    return this.emulator.map(key)
  }

  /** Everything stored, by key. */
  allStored(): Record<string, Record<string, unknown>> {
    const stored = Object.entries(this.emulator.maps())
    return Object.fromEntries(stored.map(([key, { fields }]) => [key, fields]))
  }

  private configuration({ type }: SegmentEvent, mapping: JSONObject): JSONObject {
    const preset = definition.presets?.find((one) => one.type === 'automatic' && one.subscribe === `type = "${type}"`)
    if (preset?.type !== 'automatic') throw new Error(`No preset takes ${type} calls`)
    const { partnerAction, subscribe } = preset
    const subscription = { partnerAction, subscribe, mapping: { ...preset.mapping, ...mapping } }
    return { ...this.settings, subscription }
  }
}

/** Starts an emulator and a destination that begins from empty caches; both end with the test. */
export async function startKameleoon(options: EmulatorInput = {}): Promise<Kameleoon> {
  const kameleoon = new Kameleoon(await startEmulator(options))
  running.push(kameleoon)
  return kameleoon
}

function thrown(error: unknown): Outcome {
  if (!(error instanceof Error)) throw new Error(`Something else than an Error was thrown: ${String(error)}`)
  const { status, code } = error as { status?: number; code?: string }
  if (status === undefined) throw error
  return { status, errortype: code, errormessage: error.message, error }
}

/** Checked after every test: nothing was discarded, no unexpected duplicates, and every request has the user agent. */
function expectNothingLost({ emulator, expectedDuplicates }: Kameleoon): void {
  expect(emulator.discarded).toEqual([])
  expect(emulator.duplicates).toHaveLength(expectedDuplicates)
  for (const { headers } of emulator.requests) expect(headers['user-agent']).toBe(USER_AGENT)
}

afterEach(async () => {
  const ended = running.splice(0)
  await Promise.all(ended.map(({ emulator }) => emulator.close()))
  processMemory.tokens.clear()
  processMemory.projects.clear()
  ended.forEach(expectNothingLost)
})

type Deliver = (kameleoon: Kameleoon, event: SegmentEvent, mapping?: JSONObject) => Promise<Outcome>

const single: Deliver = (kameleoon, event, mapping) => kameleoon.single(event, mapping)

const batch: Deliver = async (kameleoon, event, mapping) => {
  const [outcome] = await kameleoon.batch([event], mapping)
  return outcome
}

/** Both ways into an action. */
export const FORMS: Array<{ form: 'single' | 'batch'; deliver: Deliver }> = [
  { form: 'single', deliver: single },
  { form: 'batch', deliver: batch }
]

/** Whether JSON data holds a text that UTF-8 cannot carry. */
export function hasHalfCharacter(value: unknown): boolean {
  // JSON.stringify escapes halves and leaves whole characters as they are; an escaped backslash before it is a text's own.
  return /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(JSON.stringify(value))
}
