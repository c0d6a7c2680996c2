import { startEmulator, type Emulator } from '..'
import { authorization, call, stillClock } from './call'

describe('faults that strike only some calls', () => {
  const clock = stillClock()
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator({ clock: clock.now })
  })
  afterEach(() => emulator.reset())
  afterAll(() => emulator.close())

  const read = async (headers: Record<string, string> = {}): Promise<number> =>
    (await call(emulator, `/map/map?siteCode=${emulator.sitecode}&key=k`, { headers })).status

  it('beyond a number of calls in a time strike until older calls are that long ago', async () => {
    const fault = emulator.faults.add({ beyond: { calls: 2, milliseconds: 1_000 }, status: 429 })
    expect([await read(), await read(), await read(), await read()]).toEqual([200, 200, 429, 429])
    expect(fault.hits).toBe(2)
    clock.pass(999)
    expect(await read()).toBe(429)
    clock.pass(1)
    expect([await read(), await read(), await read()]).toEqual([200, 200, 429])
  })

  it('by the age of the token spare new tokens, unknown ones, and calls without any', async () => {
    const old = await authorization(emulator)
    const fault = emulator.faults.add({ path: '/map/map', tokenAgeMs: 500, status: 403 })
    clock.pass(499)
    expect(await read(old)).toBe(200)
    clock.pass(1)
    expect(await read(old)).toBe(403)
    expect(await read(await authorization(emulator))).toBe(200)
    expect(await read({ authorization: 'Bearer unknown' })).toBe(401)
    expect(await read()).toBe(200)
    expect(fault.hits).toBe(1)
  })

  it.each([
    [{ beyond: 3 }, 'A fault rule cannot have beyond = 3.'],
    [{ beyond: { calls: 0, milliseconds: 1 } }, 'A fault rule cannot have beyond = {"calls":0,"milliseconds":1}.'],
    [{ tokenAgeMs: -1 }, 'A fault rule cannot have tokenAgeMs = -1.']
  ])('are rejected where they make no sense: %j', async (rule, message) => {
    const answer = await call(emulator, '/emulator/faults', { method: 'POST', body: JSON.stringify(rule) })
    expect(answer).toMatchObject({ status: 400, body: { message } })
  })
})
