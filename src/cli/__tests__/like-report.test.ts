import { mkdtempSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import kameleoon from '../../destinations/kameleoon'
import type { StopSignal } from '../context'
import { run } from '../program'
import { observedTerminal, type ObservedTerminal } from './observed-terminal'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'like-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function saved(content: unknown): string {
  const path = join(folder, 'kameleoon-probe.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}

const REPORT = {
  kind: 'kameleoon-probe',
  questions: [
    { id: 'map-write', answer: 'not seen', mode: { mapWrites: 'replace' } },
    { id: 'unknown-key', answer: 'not seen', mode: { unknownKey: 'not found' } },
    { id: 'bad-event', answer: 'seen', mode: { content: 'reject' } },
    { id: 'retry-after', answer: 'could not tell' }
  ]
}

interface Running {
  terminal: ObservedTerminal
  /** Ends the command and resolves to its exit code. */
  end: () => Promise<number>
}

/** Runs a command until `end` is called; resolves when it has printed how to end it. */
async function running(...args: string[]): Promise<Running> {
  let interrupt: () => void = () => undefined
  const interrupted = new Promise<StopSignal>((resolve) => (interrupt = () => resolve('SIGINT')))
  let ready: () => void = () => undefined
  const isReady = new Promise<void>((resolve) => (ready = resolve))
  const observed = observedTerminal()
  const write = (text: string): void => {
    observed.stdout.write(text)
    if (text.includes('Ctrl-C')) ready()
  }
  const terminal = { ...observed, stdout: { ...observed.stdout, write } }
  const ended = run(args, { terminal, definition: kameleoon, untilInterrupted: () => interrupted })
  await Promise.race([isReady, ended])
  const end = (): Promise<number> => {
    interrupt()
    return ended
  }
  return { terminal, end }
}

const addressIn = (terminal: ObservedTerminal): string =>
  /http:\/\/127\.0\.0\.1:\d+/.exec(terminal.printed())?.[0] ?? ''

const HEADERS = { 'user-agent': 'MyCustomUserAgent/1.0' }
const statusOfUnknownKey = async (url: string): Promise<number> =>
  (await fetch(`${url}/map/map?siteCode=emulated01&key=nobody`, { headers: HEADERS })).status

describe('emulate --like', () => {
  it('behaves as the report says', async () => {
    const { terminal, end } = await running('emulate', '--port', '0', '--like', saved(REPORT))
    expect(terminal.printed()).toMatch(/behaves like +\S+kameleoon-probe\.json\n/)
    expect(terminal.printed()).toMatch(/map writes +replace\n/)
    expect(terminal.printed()).toMatch(/bad content +rejected with 400\n/)
    expect(await statusOfUnknownKey(addressIn(terminal))).toBe(404)
    expect(await end()).toBe(0)
  })

  it('follows another option where it contradicts the report', async () => {
    const path = saved(REPORT)
    const { terminal, end } = await running('emulate', '--port', '0', '--like', path, '--map-writes', 'merge')
    expect(terminal.printed()).toMatch(/map writes +merge\n/)
    expect(await statusOfUnknownKey(addressIn(terminal))).toBe(404)
    await end()
  })

  it.each([
    ['no report', { questions: [] }, 'This is no report of kameleoon-destination probe'],
    ['an unknown mode', { ...REPORT, questions: [{ mode: { mapSpeed: 3 } }] }, 'the mode mapSpeed = 3, which'],
    ['an unknown value', { ...REPORT, questions: [{ mode: { nonces: 'lost' } }] }, 'the mode nonces = "lost", which'],
    ['a mode that is no object', { ...REPORT, questions: [{ mode: 1 }] }, 'has the mode 1, which is no object']
  ])('ends with 2 for %s', async (_, content, message) => {
    const { terminal, end } = await running('emulate', '--port', '0', '--like', saved(content))
    expect(await end()).toBe(2)
    expect(terminal.said()).toContain(message)
  })

  it('ends with 2 for a file that is not there', async () => {
    const { terminal, end } = await running('emulate', '--like', join(folder, 'nothing.json'))
    expect(await end()).toBe(2)
    expect(terminal.said()).toContain('nothing.json as the report of a probe: ENOENT')
  })
})

describe('workbench --like', () => {
  it('ends with 2 for a file that is no report', async () => {
    const { terminal, end } = await running('workbench', '--like', saved({}), '--data', join(folder, 'data'))
    expect(await end()).toBe(2)
    expect(terminal.said()).toContain('This is no report of kameleoon-destination probe')
  })
})
