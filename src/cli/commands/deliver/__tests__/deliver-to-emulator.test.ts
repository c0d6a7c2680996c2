import { mkdtempSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import kameleoon from '../../../../destinations/kameleoon'
import { startEmulator, type Emulator } from '../../../../emulator'
import { run } from '../../../program'
import { observedTerminal } from '../../../__tests__/observed-terminal'

const order = JSON.stringify({
  type: 'track',
  event: 'Order Completed',
  messageId: 'a',
  timestamp: '2026-03-02T09:00:00.000Z',
  properties: { kameleoonVisitorCode: 'visitor1', revenue: 20 }
})

const rejected = join(mkdtempSync(join(tmpdir(), 'deliver-to-emulator-')), 'rejected.ndjson')
const running: Emulator[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()))
})

async function start(...[options]: Parameters<typeof startEmulator>): Promise<Emulator> {
  const emulator = await startEmulator(options)
  running.push(emulator)
  return emulator
}

async function deliver(args: string[], env: Record<string, string> = {}) {
  const terminal = observedTerminal(env, { input: order })
  const untilInterrupted = () => new Promise<never>(() => undefined)
  const code = await run(['deliver', '-', '--retries', '0', '--rejected', rejected, ...args], {
    terminal,
    definition: kameleoon,
    untilInterrupted
  })
  return { code, terminal }
}

const conversionsIn = (emulator: Emulator) => emulator.visitor('visitor1')?.conversions

describe('deliver --emulator', () => {
  it.each(['', '/'])('delivers to an emulator that runs already, its address ending in "%s"', async (end) => {
    const emulator = await start()
    const { code, terminal } = await deliver(['--emulator', `${emulator.url}${end}`])
    expect(code).toBe(0)
    expect(terminal.said()).toContain(`Delivering to the emulator at ${emulator.url}`)
    expect(terminal.printed()).toMatch(/│ Total +│ +│ +1 │ +0 │ +1 │ +0 │/)
    expect(conversionsIn(emulator)).toMatchObject([{ goalName: 'Order Completed', revenue: 20 }])
    expect(emulator.discarded).toEqual([])
  })

  it('opens it with the credentials of the environment, and never asks Kameleoon about them', async () => {
    const emulator = await start({ sitecode: 'abc123def4', clientId: 'other', clientSecret: 'hush' })
    const env = { KAMELEOON_API_KEY: emulator.apiKey, KAMELEOON_SITECODE: 'abc123def4' }
    const { code, terminal } = await deliver(['--emulator', emulator.url], env)
    expect(code).toBe(0)
    expect(conversionsIn(emulator)).toHaveLength(1)
    expect(terminal.printed() + terminal.said()).not.toContain(emulator.apiKey)
  })

  it('ends with 2 before the first event when no emulator listens there any more', async () => {
    const emulator = await startEmulator()
    await emulator.close()
    const { code, terminal } = await deliver(['--emulator', emulator.url, '--json'])
    expect(code).toBe(2)
    expect(terminal.said()).toContain(`Nothing listens at ${emulator.url}.`)
    expect(terminal.said()).not.toContain('Delivering to')
    expect(terminal.printed()).toBe('')
  })

  it('ends with 2 before the first event when the emulator has another project', async () => {
    const emulator = await start({ sitecode: 'abc123def4' })
    const { code, terminal } = await deliver(['--emulator', emulator.url])
    expect(code).toBe(2)
    expect(terminal.said()).toContain(`The emulator at ${emulator.url} has the site code abc123def4, not emulated01.`)
    expect(emulator.requests).toEqual([])
  })

  it.each([
    ['no address', ['--emulator', 'here'], 'It must be an address such as http://127.0.0.1:8321.'],
    ['an address of Kameleoon', ['--emulator', 'https://api.kameleoon.com'], 'It must be an address such as'],
    ['a dry run', ['--emulator', 'http://127.0.0.1:1', '--dry-run'], 'cannot be used with option'],
    ['visitors', ['--emulator', 'http://127.0.0.1:1', '--visitors'], 'cannot be used with option']
  ])('ends with 2 for %s', async (_what, args, message) => {
    const { code, terminal } = await deliver(args)
    expect(code).toBe(2)
    expect(terminal.said()).toContain(message)
    expect(terminal.printed()).toBe('')
  })
})
