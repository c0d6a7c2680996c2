import { startEmulator, type Emulator, type EmulatorInput } from '..'
import { SlidingWindow } from '../limits'
import { authorization, call, stillClock } from './call'

const clock = stillClock()
let emulator: Emulator
const start = async (options: EmulatorInput = {}) => {
  emulator = await startEmulator({ clock: clock.now, ...options })
}
afterEach(() => emulator?.close())

const read = (headers?: Record<string, string>) =>
  call(emulator, `/map/map?siteCode=${emulator.sitecode}&key=k`, { headers })
const forget = (headers: Record<string, string> = {}) =>
  call(emulator, `/visit/forget?siteCode=${emulator.sitecode}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'text/plain' },
    body: 'v1'
  })
const statuses = async (count: number, send: () => Promise<{ status: number }>) => {
  const seen: Record<number, number> = {}
  for (let sent = 0; sent < count; sent++) {
    const { status } = await send()
    seen[status] = (seen[status] ?? 0) + 1
  }
  return seen
}

describe('rate limits of the Data API', () => {
  it('let 120 reads a minute pass without a token, and again a minute later', async () => {
    await start()
    expect(await statuses(121, read)).toEqual({ 200: 120, 429: 1 })
    expect(await read()).toMatchObject({ status: 429, body: { message: 'Too many requests.' } })
    clock.pass(59_999)
    expect((await read()).status).toBe(429)
    clock.pass(1)
    expect(await statuses(121, read)).toEqual({ 200: 120, 429: 1 })
  })

  it('let 1,200 writes a minute pass without a token, and store none beyond', async () => {
    await start()
    expect(await statuses(1_202, forget)).toEqual({ 204: 1_200, 429: 2 })
    expect(emulator.forgotten).toHaveLength(1_200)
    expect((await read()).status).toBe(200)
  })

  it('grow with the monthly unique visitors of an account that shows a token', async () => {
    await start({ monthlyUniqueVisitors: -497_500 })
    const headers = await authorization(emulator)
    expect(await statuses(6, () => read(headers))).toEqual({ 200: 5, 429: 1 })
    expect(await statuses(52, () => forget(headers))).toEqual({ 204: 50, 429: 2 })
    expect((await read()).status).toBe(200)
  })

  it('name no time to wait unless the option says so', async () => {
    await start()
    await statuses(120, read)
    expect((await read()).headers).not.toHaveProperty('retry-after')
    await emulator.close()
    await start({ retryAfterSeconds: 30 })
    await statuses(120, read)
    expect(await read()).toMatchObject({ status: 429, headers: { 'retry-after': '30' } })
  })

  it('can be turned off', async () => {
    await start({ rateLimits: false })
    expect(await statuses(150, read)).toEqual({ 200: 150 })
  })
})

describe('rate limits of the Automation API', () => {
  it('let 50 requests pass in any 10 seconds and 1,000 in any hour', async () => {
    await start()
    const list = async () =>
      call(emulator, '/goals', { host: 'api.kameleoon.com', headers: await authorization(emulator) })
    expect(await statuses(51, list)).toEqual({ 200: 50, 429: 1 })
    for (let round = 1; round < 20; round++) {
      clock.pass(10_000)
      expect(await statuses(50, list)).toEqual({ 200: 50 })
    }
    clock.pass(10_000)
    expect((await list()).status).toBe(429)
    clock.pass(3_600_000 - 200_000)
    expect((await list()).status).toBe(200)
  })
})

describe('a sliding window', () => {
  it('does not let twice the number pass around the turn of a minute', () => {
    const window = new SlidingWindow(2, 1_000)
    const take = (now: number) => {
      if (window.isFull(now)) return false
      window.count(now)
      return true
    }
    expect([900, 950, 1_000, 1_899, 1_900, 1_949, 1_950].map(take)).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
      true
    ])
  })
})
