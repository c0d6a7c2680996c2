import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs'
import { createServer, type AddressInfo } from 'net'
import { tmpdir } from 'os'
import { join } from 'path'
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

const folders: string[] = []
const interrupts: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const interrupt of interrupts.splice(0)) await interrupt()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-command-'))
  folders.push(folder)
  return folder
}

async function until(condition: () => boolean): Promise<void> {
  for (let attempt = 0; !condition(); attempt++) {
    if (attempt === 2_000) throw new Error('Waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function workbench(args: string[], env: Record<string, string> = {}): Promise<Running> {
  const terminal = observedTerminal(env)
  let interrupt: () => void = () => undefined
  const interrupted = new Promise<StopSignal>((resolve) => (interrupt = () => resolve('SIGINT')))
  const ended = run(['workbench', ...args], { terminal, definition: kameleoon, untilInterrupted: () => interrupted })
  interrupts.push(() => {
    interrupt()
    return ended
  })
  await until(() => terminal.printed().includes('Ctrl-C'))
  const address = /page +(http:\/\/\S+)/.exec(terminal.printed())?.[1] ?? ''
  return { terminal, address, interrupt, ended }
}

async function fails(args: string[]): Promise<string> {
  const terminal = observedTerminal()
  const context = { terminal, definition: kameleoon, untilInterrupted: () => Promise.resolve('SIGINT' as const) }
  expect(await run(['workbench', ...args], context)).toBe(2)
  expect(terminal.printed()).toBe('')
  return terminal.said()
}

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  interrupts.push(() => new Promise((resolve) => server.close(resolve)))
  return (server.address() as AddressInfo).port
}

describe('workbench', () => {
  it('prints where it is, delivers the examples, answers until it is interrupted, and ends with 0', async () => {
    const folder = newFolder()
    const { terminal, address, interrupt, ended } = await workbench(['--port', '0', '--data', folder])
    const printed = terminal.printed()
    expect(printed).toMatch(/events go to +Emulated Kameleoon on this machine\n/)
    expect(printed).toMatch(/^35 examples: 28 delivered, 2 filtered, 5 rejected; nothing discarded by Kameleoon\.$/m)
    expect(printed).toContain(`mappings      ${join(folder, 'mappings.json')}\n`)
    const state: unknown = await (await fetch(`${address}/api/state`)).json()
    expect(state).toMatchObject({ address, counts: { received: 35, delivered: 28 }, target: { kind: 'emulator' } })
    interrupt()
    expect(await ended).toBe(0)
    expect(terminal.printed()).toContain('The workbench has ended.')
    await expect(fetch(`${address}/api/state`)).rejects.toThrow()
  })

  it('ends cleanly while the examples are still under way', async () => {
    const terminal = observedTerminal()
    const context = { terminal, definition: kameleoon, untilInterrupted: () => Promise.resolve('SIGINT' as const) }
    expect(await run(['workbench', '--port', '0', '--data', newFolder()], context)).toBe(0)
    expect(terminal.printed()).toContain('The workbench has ended.')
    expect(terminal.printed()).not.toContain('examples:')
  })

  it('prints a call that works as it stands', async () => {
    const { terminal, address } = await workbench(['--port', '0', '--data', newFolder(), '--no-examples'])
    const [, user, body, url] = /curl -u (\S+) -H .* -d '(.*)' (\S+)$/m.exec(terminal.printed()) ?? []
    const headers = { authorization: `Basic ${btoa(user)}`, 'content-type': 'application/json' }
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200)
    const { events } = (await (await fetch(`${address}/api/events`)).json()) as { events: unknown[] }
    expect(events).toMatchObject([{ name: 'Order Completed', origin: 'tracking-api' }])
  })

  it('keeps write key and mappings over a restart', async () => {
    const folder = newFolder()
    const first = await workbench(['--port', '0', '--data', folder, '--no-examples'])
    const writeKey = readFileSync(join(folder, 'write-key'), 'utf8').trim()
    expect(first.terminal.printed()).toContain(`write key     ${writeKey}\n`)
    await fetch(`${first.address}/api/subscriptions/page-calls`, {
      ...{ method: 'DELETE', headers: { 'content-type': 'application/json' } }
    })
    first.interrupt()
    await first.ended
    const second = await workbench(['--port', '0', '--data', folder, '--no-examples'])
    expect(second.terminal.printed()).toContain(`write key     ${writeKey}\n`)
    const subscriptions = (await (await fetch(`${second.address}/api/subscriptions`)).json()) as { id: string }[]
    expect(subscriptions.map(({ id }) => id)).toEqual(['track-calls', 'group-calls', 'identify-calls', 'screen-calls'])
  })

  it('says unmistakably that the real Kameleoon is meant, and sends it no examples', async () => {
    const apiKey = Buffer.from(JSON.stringify({ id: 'real-id', secret: 'real-secret-not-real' })).toString('base64')
    const env = { KAMELEOON_API_KEY: apiKey, KAMELEOON_SITECODE: 'abc123def4', KAMELEOON_DATA_REGION: 'NA' }
    const folder = newFolder()
    const { terminal, address } = await workbench(['--port', '0', '--data', folder], env)
    expect(terminal.printed()).toMatch(/events go to +REAL Kameleoon, project abc123def4 at na-data\.kameleoon\.io\n/)
    expect(terminal.printed()).toContain('Every event you send counts in the real project.')
    expect(terminal.printed()).not.toContain('examples:')
    const state: unknown = await (await fetch(`${address}/api/state`)).json()
    expect(state).toMatchObject({ target: { kind: 'real', sitecode: 'abc123def4' }, counts: { received: 0 } })
    const kept = ['settings.json', 'mappings.json'].map((name) => join(folder, name)).filter(existsSync)
    for (const path of kept) expect(readFileSync(path, 'utf8')).not.toContain(apiKey)
  })

  it('takes a free port where the usual one is taken, and rejects one that was asked for', async () => {
    const port = await takenPort()
    expect(await fails(['--port', String(port), '--data', newFolder()])).toContain(
      `Port ${port} is taken. Choose another with --port, or 0 for any free one`
    )
    const [first, second] = [await workbench(['--data', newFolder()]), await workbench(['--data', newFolder()])]
    expect(new URL(second.address).port).not.toBe(new URL(first.address).port)
    expect((await fetch(`${second.address}/api/state`)).status).toBe(200)
  })

  it.each([
    ['mappings.json', '[{"name": '],
    ['mappings.json', '[{"name": "x", "partnerAction": "none", "subscribe": "type = \\"track\\"", "mapping": {}}]'],
    ['settings.json', '{"target": ']
  ])('says that the saved %s is broken, and leaves it alone', async (name, text) => {
    const folder = newFolder()
    writeFileSync(join(folder, name), text)
    expect(await fails(['--port', '0', '--data', folder])).toContain(join(folder, name))
    expect(readFileSync(join(folder, name), 'utf8')).toBe(text)
  })

  it('says that the folder cannot be written', async () => {
    const file = join(newFolder(), 'a-file')
    writeFileSync(file, '')
    expect(await fails(['--port', '0', '--data', join(file, 'folder')])).toMatch(/^Error: Cannot (read|write) .*a-file/)
  })

  it('rejects an address that others reach, unless that is asked for', async () => {
    const args = ['--port', '0', '--host', '0.0.0.0', '--no-examples', '--data', newFolder()]
    expect(await fails(args)).toContain('0.0.0.0 can be reached from other machines')
    const { address } = await workbench([...args, '--allow-remote'])
    expect(address).toMatch(/^http:\/\/0\.0\.0\.0:\d+$/)
  })
})
