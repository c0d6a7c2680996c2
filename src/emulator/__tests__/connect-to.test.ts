import { createRequestClient, type DestinationDefinition } from '@segment/actions-core'
import { connectTo, emulatorAgent, startEmulator, type Emulator } from '..'

const definition: DestinationDefinition<{ greeting: string }> = {
  name: 'Test destination',
  mode: 'cloud',
  actions: {},
  extendRequest: ({ settings }) => ({ headers: { 'user-agent': 'ConnectTest/1.0', 'x-greeting': settings.greeting } })
}
const forgetUrl = 'https://eu-data.kameleoon.io/visit/forget?siteCode=emulated01'

describe('connectTo', () => {
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator()
  })
  afterEach(() => emulator.reset())
  afterAll(() => emulator.close())

  const client = () => {
    const extended = connectTo(definition, emulator).extendRequest?.({ settings: { greeting: 'hello' }, payload: {} })
    return createRequestClient(extended ?? {})
  }
  const text = (body: string) => ({ method: 'post' as const, body, headers: { 'content-type': 'text/plain' } })

  it('leads the real addresses to the emulator and keeps what the definition adds', async () => {
    const response = await client()(forgetUrl, text('v1'))
    expect(response.status).toBe(204)
    expect(emulator.forgotten).toEqual(['v1'])
    expect(emulator.requests).toMatchObject([
      {
        host: 'eu-data.kameleoon.io',
        path: '/visit/forget',
        headers: { host: 'eu-data.kameleoon.io', 'user-agent': 'ConnectTest/1.0', 'x-greeting': 'hello' }
      }
    ])
  })

  it('reaches every host of Kameleoon', async () => {
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'a', client_secret: 'b' })
    const send = client()('https://api.kameleoon.com/oauth/token', {
      method: 'post',
      body: form.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' }
    })
    await expect(send).rejects.toMatchObject({
      response: { status: 401, data: { message: 'Bad client credentials.' } }
    })
    expect(emulator.requests).toMatchObject([{ host: 'api.kameleoon.com', status: 401 }])
  })

  it('leaves the definition as it was', () => {
    const connected = connectTo(definition, emulator)
    expect(connected).toMatchObject({ name: definition.name, actions: definition.actions })
    expect(definition.extendRequest?.({ settings: { greeting: 'hello' }, payload: {} })).not.toHaveProperty('agent')
  })

  it('carries fifty requests at a time, although actions-core destroys the agent after each', async () => {
    const request = client()
    const codes = Array.from({ length: 50 }, (_, index) => `v${index}`)
    const responses = await Promise.all(codes.map((code) => request(forgetUrl, text(code))))
    expect(responses.map(({ status }) => status)).toEqual(Array(50).fill(204))
    expect([...emulator.forgotten].sort()).toEqual([...codes].sort())
  })

  it('uses a connection again', async () => {
    const agent = emulatorAgent(emulator)
    // The types keep createConnection to themselves.
    const connect = jest.spyOn(agent as unknown as { createConnection: () => unknown }, 'createConnection')
    const request = createRequestClient({ agent, headers: { 'user-agent': 'ConnectTest/1.0' } })
    for (let sent = 0; sent < 10; sent++) await request(forgetUrl, text('v1'))
    expect(connect).toHaveBeenCalledTimes(1)
    expect(emulator.forgotten).toHaveLength(10)
  })

  it('does not keep the emulator from closing at once', async () => {
    const other = await startEmulator()
    const struck = new Promise<void>((resolve) => {
      other.faults.add({ delayMs: 60_000 })
      const apply = other.faults.apply.bind(other.faults)
      other.faults.apply = (target) => {
        resolve()
        return apply(target)
      }
    })
    const request = createRequestClient({ agent: emulatorAgent(other), headers: { 'user-agent': 'ConnectTest/1.0' } })
    const hanging = request(forgetUrl, text('v1')).catch((error: unknown) => error)
    await Promise.race([struck, hanging])
    await other.close()
    expect(await hanging).toMatchObject({ code: 'ECONNRESET' })
    expect(other.forgotten).toEqual([])
  })
})
