import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import kameleoon from '../../../../destinations/kameleoon'
import { DEFAULT_PROJECT, likeReport, startEmulator, type Emulator } from '../../../../emulator'
import type { StopSignal } from '../../../context'
import { run } from '../../../program'
import { observedTerminal } from '../../../__tests__/observed-terminal'
import type { Report } from '../report'
import { leftAt, NOTHING } from './probing'

let folder: string
let emulator: Emulator
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'probe-'))
  emulator = await startEmulator()
})
afterEach(() => emulator.reset())
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await emulator.close()
})

interface Ran {
  code: number
  printed: string
  said: string
}

/** Runs the command without waiting between requests. */
async function command(
  args: string[],
  env: Record<string, string> = {},
  untilInterrupted: () => Promise<StopSignal> = () => new Promise(() => undefined)
): Promise<Ran> {
  const terminal = observedTerminal(env)
  const retry = { wait: () => Promise.resolve() }
  const code = await run(['probe', ...args], { terminal, definition: kameleoon, retry, untilInterrupted })
  return { code, printed: terminal.printed(), said: terminal.said() }
}

const read = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8')

describe('probe', () => {
  it('says without --yes what it would do, sends nothing and ends with 2', async () => {
    const { code, printed } = await command(['--emulator', emulator.url, '--out', join(folder, 'none')])
    expect(code).toBe(2)
    expect(printed).toContain('- Does a write to a map merge fields or replace the map?\n    POST /map/maps, twice;')
    expect(printed).toContain('Nothing was sent. Add --yes to do it.')
    expect(emulator.requests).toEqual([])
    expect(existsSync(join(folder, 'none'))).toBe(false)
  })

  it('writes the report as JSON and Markdown, prints the answers and ends with 0', async () => {
    const out = join(folder, 'new', 'folder')
    const { code, printed, said } = await command(['--yes', '--emulator', emulator.url, '--out', out])
    expect([code, said.split('\n').length]).toEqual([0, 22])
    const report = JSON.parse(read('new', 'folder', 'kameleoon-probe.json')) as Report
    expect(report).toMatchObject({
      siteCode: DEFAULT_PROJECT.sitecode,
      dataHost: 'https://eu-data.kameleoon.io',
      troubles: []
    })
    expect(likeReport(report)).toMatchObject({ mapWrites: 'merge', nonces: 'drop' })
    const markdown = read('new', 'folder', 'kameleoon-probe.md')
    expect(markdown).toContain('| Are two goals of one name allowed? | seen | A second goal was created |')
    expect(markdown).toMatch(
      /```\nPOST https:\/\/eu-data\.kameleoon\.io\/map\/maps\?siteCode=emulated01.*\n {2}\{.*\}\n {2}-> 204\n/
    )
    expect(markdown).not.toContain('not complete')
    expect(printed).toMatch(/seen +Are two goals of one name allowed\?\n +A second goal was created\n/)
    expect(printed).toContain('test visitor: removed. forgotten')
    expect(leftAt(emulator)).toEqual(NOTHING)
  })

  it('uses the project of the environment, and its region', async () => {
    const northern = await startEmulator({ sitecode: 'northern01', dataHost: 'na-data.kameleoon.io' })
    const env = { KAMELEOON_API_KEY: northern.apiKey, KAMELEOON_SITECODE: 'northern01', KAMELEOON_DATA_REGION: 'NA' }
    const { code } = await command(['--yes', '--emulator', northern.url, '--out', folder], env)
    expect(code).toBe(0)
    const hosts = new Set(northern.requests.map(({ host }) => host))
    expect([...hosts].sort()).toEqual(['api.kameleoon.com', 'na-data.kameleoon.io'])
    await northern.close()
  })

  it('ends with 1 and says so in the report when something fails in the middle', async () => {
    emulator.faults.add({ path: '/goals', status: 500 })
    const { code, printed } = await command(['--yes', '--emulator', emulator.url, '--out', folder])
    expect(code).toBe(1)
    expect(printed).toContain('trouble         POST /goals answered 500')
    expect(read('kameleoon-probe.md')).toContain('**This run is not complete**')
  })

  it('cleans up when it is interrupted, and ends with 1', async () => {
    let interrupt: (signal: StopSignal) => void = () => undefined
    const interrupted = new Promise<StopSignal>((resolve) => (interrupt = resolve))
    const slow = await startEmulator({
      onRequest: ({ path }) => {
        if (path === '/goals') interrupt('SIGINT')
      }
    })
    const { code, said } = await command(['--yes', '--emulator', slow.url, '--out', folder], {}, () => interrupted)
    expect(code).toBe(1)
    expect(said).toContain('Stopping: what was created is removed first.')
    expect(leftAt(slow)).toEqual(NOTHING)
    const { troubles } = JSON.parse(read('kameleoon-probe.json')) as Report
    expect(troubles).toEqual(['The run was interrupted'])
    await slow.close()
  })

  it('needs a project or an emulator', async () => {
    const { code, said } = await command(['--yes', '--out', folder])
    expect(code).toBe(2)
    expect(said).toContain('There is no project to probe: set KAMELEOON_API_KEY and KAMELEOON_SITECODE')
  })

  it('sends nothing when the report could not be written', async () => {
    writeFileSync(join(folder, 'file'), '')
    const { code, said } = await command(['--yes', '--emulator', emulator.url, '--out', join(folder, 'file', 'sub')])
    expect(code).toBe(2)
    expect(said).toContain('Cannot write the report to the folder')
    expect(emulator.requests).toEqual([])
  })
})
