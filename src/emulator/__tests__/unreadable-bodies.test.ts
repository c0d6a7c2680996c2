import { startEmulator, type Emulator, type EmulatorInput } from '..'
import { call } from './call'

const BODIES = [
  ['broken JSON', '[{', 'Expected a JSON array of events, but this is not JSON.'],
  ['nothing', '', 'Expected a JSON array of events, but this is not JSON.'],
  ['a single object', '{}', 'With json=true the body must be a JSON array of events.'],
  ['null', 'null', 'With json=true the body must be a JSON array of events.']
]

const running: Emulator[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()))
})

/** Sends a body as visit events to an emulator with these options. */
async function send(body: string, options: EmulatorInput) {
  const emulator = await startEmulator(options)
  running.push(emulator)
  const path = `/visit/events?siteCode=${emulator.sitecode}&json=true`
  return { emulator, answer: await call(emulator, path, { method: 'POST', body }) }
}

describe('a body that is no list of visit events', () => {
  it.each(BODIES)('is accepted and then discarded: %s', async (_, body, reason) => {
    const { emulator, answer } = await send(body, { content: 'accept' })
    expect(answer).toMatchObject({ status: 204, body: undefined })
    expect(emulator.discarded).toMatchObject([{ path: '/visit/events', reason }])
    expect(emulator.visitors()).toEqual([])
  })

  it.each(BODIES)('is answered with 400 where content is rejected: %s', async (_, body, message) => {
    const { emulator, answer } = await send(body, { content: 'reject' })
    expect(answer).toMatchObject({ status: 400, body: { message } })
    expect(emulator.discarded).toEqual([])
  })
})
