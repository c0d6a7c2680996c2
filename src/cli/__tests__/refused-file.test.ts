import { existsSync, mkdtempSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import kameleoon from '../../destinations/kameleoon'
import { run } from '../run'
import { observedTerminal } from './observed-terminal'

const OLD = '{"line":7,"action":"logEvent","status":400,"reason":"old","event":{}}\n'
const good = {
  type: 'track',
  event: 'Order Completed',
  messageId: 'a',
  timestamp: '2026-03-02T09:00:00.000Z',
  properties: { kameleoonVisitorCode: 'visitor1' }
}

let refused: string
beforeEach(() => {
  refused = join(mkdtempSync(join(tmpdir(), 'refused-file-')), 'refused.ndjson')
  writeFileSync(refused, OLD)
})

async function deliver(lines: string[], ...args: string[]): Promise<number> {
  const terminal = observedTerminal({}, { input: lines.join('\n') })
  const untilInterrupted = () => new Promise<void>(() => undefined)
  return run(['deliver', '-', '--refused', refused, ...args], { terminal, definition: kameleoon, untilInterrupted })
}

describe('a file of refused events that is there already', () => {
  it.each([
    ['nothing to refuse', [JSON.stringify(good)], 0],
    ['something to refuse', [JSON.stringify(good), '{oops'], 1]
  ])('is left alone by a dry run with %s', async (_what, lines, code) => {
    expect(await deliver(lines, '--dry-run')).toBe(code)
    expect(readFileSync(refused, 'utf8')).toBe(OLD)
  })

  it('goes after a run that refuses nothing', async () => {
    expect(await deliver([JSON.stringify(good)])).toBe(0)
    expect(existsSync(refused)).toBe(false)
  })

  it('stays after a run that refuses nothing if no run has written it', async () => {
    writeFileSync(refused, 'notes of my own')
    expect(await deliver([JSON.stringify(good)])).toBe(0)
    expect(readFileSync(refused, 'utf8')).toBe('notes of my own')
  })

  it('is written anew by a run that refuses something', async () => {
    expect(await deliver([JSON.stringify(good), '{oops'])).toBe(1)
    expect(readFileSync(refused, 'utf8')).toMatch(/^{"line":2,"action":null,"status":400,.*"event":"{oops"}\n$/)
  })
  it('stays after a run that refuses nothing if it is no file, such as the null device', async () => {
    unlinkSync(refused)
    symlinkSync('/dev/null', refused)
    expect(await deliver([JSON.stringify(good)])).toBe(0)
    expect(existsSync(refused)).toBe(true)
  })
})
