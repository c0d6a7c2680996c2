import { mkdtempSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import type { RecordedRequest } from '../../../emulator'
import { messageOf } from '../../../segment-host'
import { builtPackage } from '../../../../jest/built-package'
import type * as threaded from '../threaded-emulator'
import { startInProcess, type EmbeddedEmulator, type EmbeddedOptions, type StartEmbedded } from '../embedded-emulator'

/** Of the compiled package, since Node cannot start a thread from TypeScript. */
let startThread: typeof threaded.startThread
beforeAll(async () => {
  const compiled = join(await builtPackage(), 'dist/cli/embedded/threaded-emulator.js')
  // This is the compiled form of that module.
  startThread = ((await import(compiled)) as typeof threaded).startThread
}, 120_000)
const startInThread: StartEmbedded = (options, onRequest) => startThread(options, onRequest)

const running: EmbeddedEmulator[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()))
})

const PAGE = { eventType: 'PAGE', visitorCode: 'visitor1', href: 'https://shop.example.com/', title: 'Shop' }

function send(emulator: EmbeddedEmulator, nonce: number, event: object = PAGE): Promise<Response> {
  return fetch(`${emulator.url}/visit/events?siteCode=${emulator.sitecode}&json=true`, {
    method: 'POST',
    headers: { 'user-agent': 'MyCustomUserAgent/1.0', 'content-type': 'application/json' },
    body: JSON.stringify([{ ...event, nonce: String(nonce).padStart(16, '0') }])
  })
}

describe.each([
  ['in the present thread', startInProcess],
  ['in a thread of its own', startInThread]
])('an embedded emulator %s', (_where, startEmbedded) => {
  async function start(options: EmbeddedOptions, onRequest?: (request: RecordedRequest) => void) {
    const emulator = await startEmbedded({ rateLimits: false, ...options }, onRequest)
    running.push(emulator)
    return emulator
  }

  it('has the options it was started with', async () => {
    const emulator = await start({ sitecode: 'abc123def4', clientId: 'me' })
    expect(emulator.sitecode).toBe('abc123def4')
    expect(JSON.parse(Buffer.from(emulator.apiKey, 'base64').toString())).toMatchObject({ id: 'me' })
    expect(emulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(emulator.failure()).toBeUndefined()
  })

  it('reports totals, what was discarded, visitors and maps', async () => {
    const emulator = await start({})
    expect((await send(emulator, 1)).status).toBe(204)
    await send(emulator, 2, { eventType: 'NONE', visitorCode: 'visitor1' })
    const { totals, discarded, visitors, maps } = await emulator.report()
    expect(totals).toMatchObject({ requests: { 'POST /visit/events 204': 2 }, events: { PAGE: 1 }, discarded: 1 })
    expect(discarded).toMatchObject([{ reason: 'unknown event type', path: '/visit/events' }])
    expect(visitors).toMatchObject([{ visitorCode: 'visitor1', conversions: [], customData: {} }])
    expect(visitors[0].pages).toMatchObject([{ href: 'https://shop.example.com/', title: 'Shop' }])
    expect(visitors[0]).not.toHaveProperty('events')
    expect(maps).toEqual({})
  })

  it('answers several questions that are asked at once', async () => {
    const emulator = await start({})
    const before = await Promise.all([emulator.report(), emulator.report()])
    await send(emulator, 1)
    const after = await emulator.report()
    expect(before.map(({ visitors }) => visitors.length)).toEqual([0, 0])
    expect(after.visitors).toHaveLength(1)
  })

  it('tells every request, in order, before it has closed', async () => {
    const told: RecordedRequest[] = []
    const emulator = await start({}, (request) => told.push(request))
    for (let nonce = 1; nonce <= 30; nonce++) await send(emulator, nonce)
    await emulator.close()
    const nonces = told.map(({ body }) => Number((JSON.parse(body) as [{ nonce: string }])[0].nonce))
    expect(nonces).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
    expect(told[0]).toMatchObject({ method: 'POST', path: '/visit/events', query: { json: 'true' }, status: 204 })
  })

  it('listens no more after it has closed, and can be closed twice', async () => {
    const emulator = await start({})
    await emulator.close()
    await emulator.close()
    await expect(send(emulator, 1)).rejects.toThrow()
  })
})

describe('a thread that ends by itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'embedded-emulator-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  /** Runs this code in the thread, before the emulator. */
  function withCode(code: string): Promise<EmbeddedEmulator> {
    const file = join(folder, 'first.cjs')
    writeFileSync(file, code)
    return startThread({}, undefined, { execArgv: ['--require', file] })
  }

  /** Code that does this where the thread would answer a question. */
  const insteadOfReport = (action: string): string => `
    const { parentPort } = require('worker_threads')
    const tell = parentPort.postMessage.bind(parentPort)
    parentPort.postMessage = (told) => { if (told.kind === 'report') { ${action} } else tell(told) }`

  it.each([
    ['throws', insteadOfReport("throw new Error('broken on purpose')"), 'broken on purpose'],
    ['exits', insteadOfReport('process.exit(3)'), 'it stopped without saying why']
  ])('and %s is an error in words, for every question', async (_what, code, reason) => {
    const emulator = await withCode(code)
    const asked = await Promise.allSettled([emulator.report(), emulator.report()])
    const errors = asked.map((one) => (one.status === 'rejected' ? (one.reason as unknown) : undefined))
    for (const error of [...errors, emulator.failure()]) {
      expect(error).toMatchObject({ name: 'UsageError' })
      expect(messageOf(error)).toBe(`The embedded emulator of Kameleoon has ended by itself: ${reason}`)
    }
    await expect(emulator.report()).rejects.toThrow(reason)
    await expect(emulator.close()).resolves.toBeUndefined()
  })

  it('before it listens is an error of the start', async () => {
    await expect(withCode("throw new Error('no way')")).rejects.toThrow('has ended by itself: no way')
  })
})
