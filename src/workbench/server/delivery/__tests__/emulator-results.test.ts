import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { connectTo, startEmulator, type Emulator, type FaultRule } from '../../../../emulator'
import {
  exchangeRecorder,
  hostDestination,
  recorded,
  watchedDefinition,
  type RecordedExchange
} from '../../../../segment-host'
import { EmulatorResults } from '../emulator-results'

const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0'
const EVENT = { eventType: 'PAGE', visitorCode: 'visitor-1', nonce: '00000000000000AA', href: 'https://a.example.com/' }
const URL = 'https://eu-data.kameleoon.io/visit/events?siteCode=emulated01&json=true'
const TIMEOUT_MS = 250

const field = { label: 'Times', description: 'One time-out in milliseconds for each request.' }

/** Sends the same body once for each entry of `timeouts`: one after another, or all at once. */
const repeating: DestinationDefinition<JSONObject> = {
  name: 'Repeating',
  mode: 'cloud',
  actions: Object.fromEntries(
    ['inTurn', 'atOnce'].map((key) => [
      key,
      {
        title: key,
        description: key,
        fields: { timeouts: { ...field, type: 'integer', multiple: true } },
        perform: () => undefined,
        performBatch: async (request, { payload }) => {
          const [{ timeouts }] = payload as { timeouts: number[] }[]
          const send = (timeout: number): Promise<unknown> =>
            request(URL, { method: 'POST', json: [EVENT], headers: { 'user-agent': USER_AGENT }, timeout }).catch(
              () => null
            )
          if (key === 'atOnce') return void (await Promise.all(timeouts.map(send)))
          for (const timeout of timeouts) await send(timeout)
        }
      }
    ])
  )
}

let emulator: Emulator
let results: EmulatorResults

beforeEach(async () => {
  results = new EmulatorResults()
  emulator = await startEmulator({ senderOf: results.senderOf, onHandled: results.onHandled })
})
afterEach(() => emulator.close())

async function exchangesOf(action: string, timeouts: number[], fault: FaultRule): Promise<RecordedExchange[]> {
  emulator.faults.add({ path: '/visit/events', ...fault })
  const definition = connectTo(repeating, emulator, results.onConnection)
  const send = hostDestination(watchedDefinition(definition, exchangeRecorder({ clock: Date.now, secrets: [] })), {})
  const subscription = { name: 'Once', partnerAction: action, subscribe: 'type = "track"', mapping: { timeouts } }
  const [, exchanges] = await recorded(() => send([{ type: 'track' }], subscription))
  return exchanges
}

async function kindsOf(exchanges: RecordedExchange[]): Promise<(string | undefined)[]> {
  for (const exchange of exchanges) {
    const result = results.of(exchange)
    if (result?.parts === null) await new Promise<void>((resolve) => result.whenLate(resolve))
  }
  return exchanges.map((exchange) => results.of(exchange)?.parts?.[0].kind)
}

describe('results of requests with equal bodies', () => {
  it('come to the request that timed out, though its repetition was handled first', async () => {
    const exchanges = await exchangesOf('inTurn', [TIMEOUT_MS, 5_000], { delayMs: 3 * TIMEOUT_MS, times: 1 })
    expect(exchanges.map(({ body }) => body)).toEqual(Array(2).fill(JSON.stringify([EVENT])))
    expect(exchanges.map(({ response, error }) => [response?.status, error])).toEqual([
      [undefined, expect.stringContaining('timed out')],
      [204, null]
    ])
    const [late] = exchanges.map((exchange) => results.of(exchange)?.parts)
    expect(late).toBeNull()
    expect(await kindsOf(exchanges)).toEqual(['duplicate', 'kept'])
  })

  it('come to the repetition that timed out, after the first request was handled', async () => {
    const fault = { delayMs: 3 * TIMEOUT_MS, skip: 1, times: 1 }
    const exchanges = await exchangesOf('inTurn', [5_000, TIMEOUT_MS], fault)
    expect(exchanges.map(({ response }) => response?.status)).toEqual([204, undefined])
    expect(await kindsOf(exchanges)).toEqual(['kept', 'duplicate'])
  })

  it.each([
    ['first', { times: 1 }],
    ['second', { skip: 1, times: 1 }]
  ])('are not swapped when two are under way at once and the %s to arrive is slow', async (_which, fault) => {
    const exchanges = await exchangesOf('atOnce', [5_000, 5_000], { ...fault, delayMs: TIMEOUT_MS })
    const kinds = await kindsOf(exchanges)
    // Which of the two arrives first is not certain, but the slow one is handled second.
    const [slow, quick] = [...exchanges].sort((a, b) => b.milliseconds - a.milliseconds)
    expect(slow.milliseconds).toBeGreaterThanOrEqual(TIMEOUT_MS - 5)
    expect(quick.milliseconds).toBeLessThan(TIMEOUT_MS - 5)
    expect([kinds[exchanges.indexOf(slow)], kinds[exchanges.indexOf(quick)]]).toEqual(['duplicate', 'kept'])
  })

  it('are none for a request whose connection was cut before it was handled', async () => {
    const exchanges = await exchangesOf('inTurn', [5_000, 5_000], { reset: 'before', times: 1 })
    expect(results.of(exchanges[0])?.parts).toBeNull()
    expect(results.of(exchanges[1])?.parts).toMatchObject([{ kind: 'kept' }])
  })

  it('are not taken from requests of other senders', async () => {
    const exchanges = await exchangesOf('inTurn', [TIMEOUT_MS], { status: 500 })
    emulator.faults.clear()
    await fetch(`${emulator.url}/visit/events?siteCode=emulated01&json=true`, {
      method: 'POST',
      headers: { 'user-agent': USER_AGENT, 'content-type': 'application/json' },
      body: JSON.stringify([EVENT])
    })
    expect(results.of(exchanges[0])?.parts).toBeNull()
  })
})
