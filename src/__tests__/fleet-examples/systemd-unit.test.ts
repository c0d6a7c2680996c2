import { spawnSync } from 'child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import path from 'path'
import { parseOnly, wordsAfterName } from './command-lines'
import { projectFile } from './example-files'

const UNIT = 'kameleoon-worker.service'
const text = projectFile(`examples/fleet/${UNIT}`)

/** Lines `Key=value` by section. */
function sectionsOf(unit: string): Record<string, [key: string, value: string][]> {
  const sections: Record<string, [string, string][]> = {}
  let section = ''
  for (const line of unit.split('\n')) {
    const [, name] = /^\[(\w+)\]$/.exec(line) ?? []
    if (name) sections[(section = name)] = []
    else if (line && !line.startsWith('#')) sections[section].push(keyAndValue(line))
  }
  return sections
}

function keyAndValue(line: string): [string, string] {
  const [, key, value] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? []
  if (key === undefined) throw new Error(`This line has no key: ${line}`)
  return [key, value]
}

const sections = sectionsOf(text)
const service = Object.fromEntries(sections.Service)

// systemd says itself what it does not know, where it is installed.
const HAS_SYSTEMD = spawnSync('systemd-analyze', ['--version']).status === 0

describe('the example for systemd', () => {
  it('has the sections of a service that starts with the machine', () => {
    expect(Object.keys(sections)).toEqual(['Unit', 'Service', 'Install'])
    expect(Object.fromEntries(sections.Install)).toEqual({ WantedBy: 'multi-user.target' })
  })

  it('starts a command that exists', async () => {
    const words = wordsAfterName(service.ExecStart)
    expect(words[0]).toBe('work')
    await expect(parseOnly(words)).resolves.toBeUndefined()
  })

  it('is started again whenever it ends, however often', () => {
    expect(service.Restart).toBe('always')
    expect(Object.fromEntries(sections.Unit).StartLimitIntervalSec).toBe('0')
  })

  it('leaves jobs more than the ten seconds in which they settle', () => {
    expect(Number(service.TimeoutStopSec)).toBeGreaterThan(10)
  })

  it('gives the API key as a credential, so that it is neither in the unit nor in the environment', () => {
    const [name] = service.LoadCredential.split(':')
    expect(service.Environment).toBe(`KAMELEOON_API_KEY_FILE=%d/${name}`)
    expect(service).not.toHaveProperty('User')
    expect(service.DynamicUser).toBe('yes')
  })

  it('does not forbid what Node.js needs to compile programs while they run', () => {
    expect(service).not.toHaveProperty('MemoryDenyWriteExecute')
  })

  const whereInstalled = HAS_SYSTEMD ? it : it.skip
  whereInstalled('is what systemd understands', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'systemd-unit-'))
    try {
      const file = path.join(folder, UNIT)
      // The command is not installed where this test runs, so another program takes its place.
      writeFileSync(file, text.replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`))
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' })
      expect([status, stderr.split('\n').filter((line) => line.includes(UNIT))]).toEqual([0, []])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
