import { startEmulator, type EmulatorInput, type RecordedRequest } from '..'
import { call, sendEvents, writeMaps } from './call'

const nonce = (number: number) => number.toString(16).padStart(16, '0').toUpperCase()
const activity = (number: number, visitorCode: string) => ({ eventType: 'ACTIVITY', nonce: nonce(number), visitorCode })

async function withEmulator(
  options: EmulatorInput,
  work: (emulator: Awaited<ReturnType<typeof startEmulator>>) => Promise<void>
): Promise<void> {
  const emulator = await startEmulator(options)
  try {
    await work(emulator)
  } finally {
    await emulator.close()
  }
}

describe('retention', () => {
  it('keeps the last requests and counts all', () =>
    withEmulator({ retention: { requests: 2 } }, async (emulator) => {
      for (const key of ['a', 'b', 'c']) await call(emulator, `/map/map?siteCode=${emulator.sitecode}&key=${key}`)
      expect(emulator.requests.map(({ query }) => query.key)).toEqual(['b', 'c'])
      expect(emulator.totals).toMatchObject({ requests: { 'GET /map/map 200': 3 }, bytes: 0 })
    }))

  it('keeps no more bytes of bodies than allowed, and always the last request', () =>
    withEmulator({ retention: { requestBytes: 50 } }, async (emulator) => {
      for (const size of [20, 20, 20, 80]) await writeMaps(emulator, { a: { x: 'y'.repeat(size - 14) } })
      expect(emulator.requests.map(({ body }) => body.length)).toEqual([80])
      expect(emulator.totals.bytes).toBe(140)
    }))

  it('keeps the visitors heard from last and their last events', () =>
    withEmulator({ retention: { visitors: 2, eventsPerVisitor: 2 } }, async (emulator) => {
      await sendEvents(emulator, [
        activity(1, 'a'),
        activity(2, 'b'),
        activity(3, 'a'),
        activity(4, 'a'),
        activity(5, 'c')
      ])
      expect(emulator.visitors()).toEqual(['a', 'c'])
      expect(emulator.visitor('a')?.events.map((event) => event.nonce)).toEqual([nonce(3), nonce(4)])
      expect(emulator.totals.events).toEqual({ ACTIVITY: 5 })
    }))

  it('keeps the last maps', () =>
    withEmulator({ retention: { maps: 2 } }, async (emulator) => {
      await writeMaps(emulator, { a: { x: 1 }, b: { x: 1 }, c: { x: 1 } })
      expect(Object.keys(emulator.maps())).toEqual(['b', 'c'])
    }))

  it('forgets old nonces, so that they are new again', () =>
    withEmulator({ retention: { nonces: 2 } }, async (emulator) => {
      await sendEvents(
        emulator,
        [1, 2, 3, 3, 1].map((number) => activity(number, 'v'))
      )
      expect(emulator.duplicates).toEqual([{ nonce: nonce(3), count: 2 }])
      expect(emulator.totals).toMatchObject({ duplicates: 1, events: { ACTIVITY: 4 } })
    }))

  it('keeps the last things discarded, with long values shortened', () =>
    withEmulator({ retention: { discarded: 1 } }, async (emulator) => {
      await sendEvents(emulator, ['first', 'x'.repeat(1_000)])
      expect(emulator.discarded).toHaveLength(1)
      expect(emulator.discarded[0].value).toBe(`${'x'.repeat(300)}…`)
      expect(emulator.totals.discarded).toBe(2)
    }))

  it('takes many events with little kept', () =>
    withEmulator({ retention: { requests: 5, visitors: 10, eventsPerVisitor: 3, nonces: 100 } }, async (emulator) => {
      for (let batch = 0; batch < 20; batch++) {
        const events = Array.from({ length: 500 }, (_, index) => activity(batch * 500 + index, `v${index}`))
        expect((await sendEvents(emulator, events)).status).toBe(204)
      }
      expect(emulator.totals).toMatchObject({ events: { ACTIVITY: 10_000 }, discarded: 0, duplicates: 0 })
      expect([emulator.requests.length, emulator.visitors().length]).toEqual([5, 10])
    }))
})

describe('onRequest', () => {
  it('receives every request with its status', async () => {
    const recorded: RecordedRequest[] = []
    await withEmulator({ onRequest: (request) => recorded.push(request) }, async (emulator) => {
      await sendEvents(emulator, [])
      await call(emulator, '/nowhere')
      expect(recorded.map(({ path, status }) => [path, status])).toEqual([
        ['/visit/events', 204],
        ['/nowhere', 404]
      ])
      expect(recorded).toEqual(emulator.requests)
    })
  })
})
