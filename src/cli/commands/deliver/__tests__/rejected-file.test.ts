import { existsSync, mkdtempSync, readFileSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import kameleoon from '../../../../destinations/kameleoon'
import { run } from '../../../program'
import { observedTerminal } from '../../../__tests__/observed-terminal'

const OLD = '{"line":7,"action":"logEvent","status":400,"reason":"old","event":{}}\n'
const good = {
  type: 'track',
  event: 'Order Completed',
  messageId: 'a',
  timestamp: '2026-03-02T09:00:00.000Z',
  properties: { kameleoonVisitorCode: 'visitor1' }
}

let rejected: string
beforeEach(() => {
  rejected = join(mkdtempSync(join(tmpdir(), 'rejected-file-')), 'rejected.ndjson')
  writeFileSync(rejected, OLD)
})

async function deliver(lines: string[], ...args: string[]): Promise<number> {
  const terminal = observedTerminal({}, { input: lines.join('\n') })
  const untilInterrupted = () => new Promise<never>(() => undefined)
  return run(['deliver', '-', '--rejected', rejected, ...args], { terminal, definition: kameleoon, untilInterrupted })
}

it('a new file of rejected events can be read by its owner only', async () => {
  unlinkSync(rejected)
  expect(await deliver([JSON.stringify(good), '{oops'])).toBe(1)
  expect((statSync(rejected).mode & 0o777).toString(8)).toBe('600')
})

describe('a file of rejected events that is there already', () => {
  it.each([
    ['nothing to reject', [JSON.stringify(good)], 0],
    ['something to reject', [JSON.stringify(good), '{oops'], 1]
  ])('is left alone by a dry run with %s', async (_what, lines, code) => {
    expect(await deliver(lines, '--dry-run')).toBe(code)
    expect(readFileSync(rejected, 'utf8')).toBe(OLD)
  })

  it('goes after a run that rejects nothing', async () => {
    expect(await deliver([JSON.stringify(good)])).toBe(0)
    expect(existsSync(rejected)).toBe(false)
  })

  it('stays after a run that rejects nothing if no run has written it', async () => {
    writeFileSync(rejected, 'notes of my own')
    expect(await deliver([JSON.stringify(good)])).toBe(0)
    expect(readFileSync(rejected, 'utf8')).toBe('notes of my own')
  })

  it('is written anew by a run that rejects something', async () => {
    expect(await deliver([JSON.stringify(good), '{oops'])).toBe(1)
    expect(readFileSync(rejected, 'utf8')).toMatch(/^{"line":2,"action":null,"status":400,.*"event":"{oops"}\n$/)
  })

  it('stays when nothing could be delivered, since the target is not there', async () => {
    expect(await deliver([JSON.stringify(good)], '--emulator', 'http://127.0.0.1:1')).toBe(2)
    expect(readFileSync(rejected, 'utf8')).toBe(OLD)
  })

  it('stays after a run that rejects nothing if it is no file, such as the null device', async () => {
    unlinkSync(rejected)
    symlinkSync('/dev/null', rejected)
    expect(await deliver([JSON.stringify(good)])).toBe(0)
    expect(existsSync(rejected)).toBe(true)
  })
})
