import kameleoon from '../../destinations/kameleoon'
import { run } from '../program'
import type { StopSignal } from '../context'
import { observedTerminal, type ObservedTerminal } from './observed-terminal'

interface Running {
  terminal: ObservedTerminal
  address: string
  interrupt: () => void
  ended: Promise<number>
}

const interrupts: (() => void)[] = []
afterEach(() => interrupts.splice(0).forEach((interrupt) => interrupt()))

async function until(condition: () => boolean): Promise<void> {
  for (let attempt = 0; !condition(); attempt++) {
    if (attempt === 400) throw new Error('Waited two seconds in vain')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function emulate(...args: string[]): Promise<Running> {
  const terminal = observedTerminal()
  let interrupt: () => void = () => undefined
  const interrupted = new Promise<StopSignal>((resolve) => (interrupt = () => resolve('SIGINT')))
  const context = { terminal, definition: kameleoon, untilInterrupted: () => interrupted }
  const ended = run(['emulate', '--port', '0', ...args], context)
  interrupts.push(interrupt)
  await until(() => terminal.printed().includes('Ctrl-C'))
  const address = /http:\/\/127\.0\.0\.1:\d+/.exec(terminal.printed())?.[0] ?? ''
  return { terminal, address, interrupt, ended }
}

describe('emulate', () => {
  it('prints address and credentials, answers until it is interrupted, and ends with 0', async () => {
    const { terminal, address, interrupt, ended } = await emulate('--sitecode', 'abc123def4', '--map-writes', 'replace')
    expect(terminal.printed()).toMatch(/site code +abc123def4\n/)
    expect(terminal.printed()).toMatch(/map writes +replace\n/)
    expect(terminal.printed()).toMatch(/API key +[\w=]{40,}\n/)
    expect((await fetch(`${address}/emulator`)).status).toBe(200)
    interrupt()
    expect(await ended).toBe(0)
    expect(terminal.printed()).toContain('The emulator has ended.')
    await expect(fetch(`${address}/emulator`)).rejects.toThrow()
  })

  it('prints two calls that work as they stand, and a line for each call to Kameleoon', async () => {
    const { terminal, interrupt, ended } = await emulate()
    const [tell, ask] = [...terminal.printed().matchAll(/^ {2}curl (.*)$/gm)].map(([, call]) => call)
    const [, agent, body, url] = /-A "(.*?)" .*-d '(.*)' "(.*)"$/.exec(tell) ?? []
    const headers = { 'user-agent': agent, 'content-type': 'application/json' }
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(204)
    const known: unknown = await (await fetch(ask.slice(1, -1))).json()
    await until(() => /^\d\d:\d\d:\d\d {2}204 {2}POST \/visit\/events {2}\d+ bytes$/m.test(terminal.printed()))
    expect(known).toMatchObject({ customData: { 1: { valuesCountMap: { gold: 1 } } } })
    interrupt()
    await ended
  })

  it('ends with 2 when the port is taken', async () => {
    const { address, interrupt, ended } = await emulate()
    const terminal = observedTerminal()
    const port = new URL(address).port
    const context = { terminal, definition: kameleoon, untilInterrupted: () => Promise.resolve('SIGINT' as const) }
    expect(await run(['emulate', '--port', port], context)).toBe(2)
    expect(terminal.said()).toContain(`Cannot listen on 127.0.0.1 port ${port}: listen EADDRINUSE`)
    interrupt()
    await ended
  })
  it.each(['BAD CODE', 'ABC123DEF4', 'abc123def', 'abc123def45', ''])('rejects the site code "%s"', async (code) => {
    const terminal = observedTerminal()
    const context = { terminal, definition: kameleoon, untilInterrupted: () => Promise.resolve('SIGINT' as const) }
    expect(await run(['emulate', '--port', '0', '--sitecode', code], context)).toBe(2)
    expect(terminal.said()).toContain('It must be 10 lower-case letters and digits.')
    expect(terminal.printed()).toBe('')
  })
})
