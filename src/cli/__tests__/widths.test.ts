import { mkdtempSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import kameleoon from '../../destinations/kameleoon'
import { wrapped } from '../text'
import { countsText } from '../summary-text'
import { coloursFor } from '../context'
import { presetSubscriptions, Tally } from '../../segment-host'
import { run } from '../program'
import { observedTerminal } from './observed-terminal'

const START = '        1  Track Calls  '
const INDENT = ' '.repeat(START.length)
const words = (count: number, word = 'word') => Array.from({ length: count }, () => word).join(' ')

describe('text that is wrapped', () => {
  it('stays on one line as long as it fits', () => {
    const text = 'x'.repeat(80 - START.length)
    expect(wrapped(START, text, 80)).toBe(START + text)
    expect(wrapped(START, '', 80)).toBe(START)
  })

  it('is broken between words and goes on below its own start', () => {
    const lines = wrapped(START, words(60), 80).split('\n')
    expect(lines.length).toBeGreaterThan(5)
    expect(lines[0].startsWith(`${START}word`)).toBe(true)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80)
    for (const line of lines.slice(1)) expect(line.startsWith(`${INDENT}word`)).toBe(true)
    expect(lines.map((line) => line.slice(START.length)).join(' ')).toBe(words(60))
  })

  it('breaks at the last column, not before', () => {
    const [first] = wrapped('', `${'a'.repeat(39)} ${'b'.repeat(40)} c`, 80).split('\n')
    expect(first).toHaveLength(80)
  })

  it('leaves a word that is longer than the line whole', () => {
    const long = 'x'.repeat(200)
    expect(wrapped(START, `a ${long} b`, 80)).toBe(`${START}a\n${INDENT}${long}\n${INDENT}b`)
    expect(wrapped(START, long, 80)).toBe(START + long)
  })

  it('has 40 columns at least, however narrow the terminal', () => {
    const lines = wrapped(START, words(20), 30).split('\n')
    expect(lines[0]).toBe(START + words(8))
  })
})

describe('the table of a delivery through the presets', () => {
  it.each([
    [0, 80],
    [1, 80],
    [12_345, 80],
    [12_345, 60]
  ])('with %d events of each kind fits %d columns', (count, width) => {
    const subscriptions = presetSubscriptions(kameleoon)
    const tally = new Tally(subscriptions)
    subscriptions.forEach((_, index) => tally.add(index, { kind: 'delivered' }, count))
    tally.received = count * subscriptions.length
    const terminal = observedTerminal()
    const lines = countsText(
      { ...tally.summary(), unsettled: 0, retries: 0, seconds: 1, linesPerSecond: 1 },
      coloursFor(terminal.stdout, {}),
      width
    ).split('\n')
    expect(lines.length).toBeGreaterThan(subscriptions.length)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width)
    expect(lines.join('\n').includes('Action')).toBe(width === 80)
  })

  it('has 80 columns at most as it is printed, with lines that match nothing or are no events', async () => {
    const terminal = observedTerminal({}, { input: '{"type":"alias","messageId":"a"}\n{oops' })
    const untilInterrupted = () => new Promise<never>(() => undefined)
    const rejected = join(mkdtempSync(join(tmpdir(), 'widths-')), 'rejected.ndjson')
    await run(['deliver', '-', '--rejected', rejected], { terminal, definition: kameleoon, untilInterrupted })
    const rows = terminal.printed().match(/^[┌├│└].*$/gm) ?? []
    expect(rows.length).toBeGreaterThan(9)
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(80)
  })
})
