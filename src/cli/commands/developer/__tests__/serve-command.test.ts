import kameleoon from '../../../../destinations/kameleoon'
import { observedTerminal, type ObservedTerminal } from '../../../__tests__/observed-terminal'
import { run } from '../../../program'
import type { StopSignal } from '../../../context'
import { command } from './command'

interface Running {
  terminal: ObservedTerminal
  address: string
  interrupt: () => void
  ended: Promise<number>
}

const interrupts: (() => void)[] = []
afterEach(() => interrupts.splice(0).forEach((interrupt) => interrupt()))

async function serve(...args: string[]): Promise<Running> {
  const terminal = observedTerminal()
  let interrupt: () => void = () => undefined
  const interrupted = new Promise<StopSignal>((resolve) => (interrupt = () => resolve('SIGINT')))
  const ended = run(['serve', '--port', '0', ...args], {
    terminal,
    definition: kameleoon,
    untilInterrupted: () => interrupted
  })
  interrupts.push(interrupt)
  for (let attempt = 0; !terminal.printed().includes('Ctrl-C'); attempt++) {
    if (attempt === 400) throw new Error('Waited two seconds in vain')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return { terminal, address: /http:\/\/127\.0\.0\.1:\d+/.exec(terminal.printed())?.[0] ?? '', interrupt, ended }
}

describe('serve', () => {
  it('prints its routes, answers until it is interrupted, and ends with 0', async () => {
    const { terminal, address, interrupt, ended } = await serve()
    expect(terminal.printed()).toContain('Its requests go to Kameleoon.')
    const routes = [...terminal.printed().matchAll(/^ {2}(GET|POST) +(\S+)$/gm)].map(([, ...route]) => route.join(' '))
    expect(routes).toEqual(
      expect.arrayContaining([
        'GET /manifest',
        'POST /authenticate',
        'POST /delete',
        'POST /logEvent',
        'POST /logEvent/goalId',
        'POST /identifyEvent/customData.__keys__'
      ])
    )
    expect((await fetch(`${address}/manifest`)).status).toBe(200)
    expect(terminal.printed()).toMatch(/^200 GET \/manifest \d+ ms$/m)
    interrupt()
    expect(await ended).toBe(0)
    expect(terminal.printed()).toContain('The server has ended.')
    await expect(fetch(address)).rejects.toThrow()
  })

  it('with --emulator prints a call that works as it stands, without Kameleoon', async () => {
    const { terminal } = await serve('--emulator')
    expect(terminal.printed()).toContain('Its requests go to an emulator of Kameleoon inside this process.')
    const [, body, url] = /-d '(.*)' (\S+)$/m.exec(terminal.printed()) ?? []
    const headers = { 'content-type': 'application/json' }
    expect(await (await fetch(url, { method: 'POST', headers, body })).json()).toEqual({ ok: true })
  })

  it('ends with 2 when the port is taken', async () => {
    const { address } = await serve()
    const { port } = new URL(address)
    const { code, said } = await command(['serve', '--port', port])
    expect(code).toBe(2)
    expect(said).toContain(`Cannot listen on 127.0.0.1 port ${port}: listen EADDRINUSE`)
  })

  it.each(['-1', '65536', 'x'])('ends with 2 for the port %s', async (port) => {
    expect(await command(['serve', `--port=${port}`])).toMatchObject({ code: 2 })
  })
})

describe('the help', () => {
  it('has the developer commands in a group of their own', async () => {
    const { printed } = await command(['--help'])
    const [ours, developers] = printed.split('Develop the destination:')
    expect(ours).not.toMatch(/generate:|validate|serve \[/)
    for (const name of ['generate:types', 'generate:metadata', 'validate', 'serve']) expect(developers).toContain(name)
  })
})
