import { spawnSync } from 'child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import path from 'path'
import { gzipSync } from 'zlib'
import { builtPackage } from '../../../jest/built-package'
import { ROOT } from '../documents/markdown'

const SCRIPT = path.join(ROOT, 'examples/nightly/deliver-nightly.sh')

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'nightly-'))
  const main = path.join(await builtPackage(), 'dist/cli/main.js')
  const bin = path.join(folder, 'bin')
  mkdirSync(bin)
  writeFileSync(path.join(bin, 'kameleoon-destination'), `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`)
  chmodSync(path.join(bin, 'kameleoon-destination'), 0o755)
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the script for a folder of events, with the command in its path, and no credentials. */
function night(events: string): { code: number | null; said: string } {
  const env = { PATH: `${path.join(folder, 'bin')}:${process.env.PATH ?? ''}`, EVENTS: events }
  const { status, stderr } = spawnSync('sh', [SCRIPT], { env, encoding: 'utf8' })
  return { code: status, said: stderr }
}

function eventsFolder(name: string, files: Record<string, string>): string {
  const events = path.join(folder, name)
  mkdirSync(events)
  for (const [file, from] of Object.entries(files)) cpSync(path.join(ROOT, from), path.join(events, file))
  return events
}

describe('the script for the night', () => {
  it('delivers all files, moves them away, and says with its exit code that events were rejected', () => {
    const events = eventsFolder('both', {
      'good.ndjson': 'examples/orders.ndjson',
      'some bad.ndjson': 'examples/events.ndjson'
    })
    expect(night(events).code).toBe(1)
    expect(readdirSync(events)).toEqual(['settled'])
    const settled = readdirSync(path.join(events, 'settled')).sort()
    expect(settled).toEqual(['good.ndjson', 'some bad.ndjson', 'some bad.ndjson.rejected.ndjson'])
    const rejected = readFileSync(path.join(events, 'settled', settled[2]), 'utf8')
      .trim()
      .split('\n')
    expect(rejected).toHaveLength(5)
  })

  it('ends with 0 when nothing was rejected, and when there is nothing', () => {
    const events = eventsFolder('good', { 'good.ndjson': 'examples/orders.ndjson' })
    expect(night(events).code).toBe(0)
    expect(night(events).code).toBe(0)
    expect(readdirSync(path.join(events, 'settled'))).toEqual(['good.ndjson'])
  })

  it('leaves a file that cannot be delivered, for the next night', () => {
    const events = eventsFolder('unreadable', {})
    const whole = gzipSync(readFileSync(path.join(ROOT, 'examples/orders.ndjson')))
    writeFileSync(path.join(events, 'broken.ndjson.gz'), whole.subarray(0, whole.length / 2))
    expect(night(events).code).toBe(2)
    expect(readdirSync(events)).toContain('broken.ndjson.gz')
  })

  it('says which variable is missing', () => {
    const { status, stderr } = spawnSync('sh', [SCRIPT], { env: { PATH: process.env.PATH }, encoding: 'utf8' })
    expect([status === 0, stderr]).toEqual([false, expect.stringContaining('the folder with the files of events')])
  })
})
