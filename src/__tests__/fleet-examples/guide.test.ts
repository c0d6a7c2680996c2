import { runInNewContext } from 'vm'
import { LOCK_MILLISECONDS } from '../../fleet/backend/backend'
import { DEFAULT_LIMITS, windowsByKind } from '../../fleet/requests/limits'
import { MAX_KEYS_PER_READ } from '../../destinations/kameleoon/kameleoon-api/limits'
import { defaultRetryPolicy } from '../../segment-host'
import { commandLinesIn, parseOnly } from './command-lines'
import { projectFile } from './example-files'

const guide = projectFile('docs/delivery-and-fleet.md')
const onPaper = projectFile('docs/fleet-on-paper.md')
const text = `${guide}${onPaper}`.replace(/\s+/g, ' ')
const lines = commandLinesIn(guide)

const number = (shown: string): number => Number(shown.replace(/,/g, ''))

/** The value of a calculation such as `(5 + 3) × 1,000 / 2`. */
function valueOf(calculation: string): number {
  const terms = calculation.replace(/,/g, '').replace(/×/g, '*').replace(/−/g, '-')
  if (!/^[\d.+*/() -]+$/.test(terms)) throw new Error(`This is no calculation: ${calculation}`)
  return Number(runInNewContext(terms))
}

/** Every calculation of the guide with the result beside it, in a table or after an equals sign. */
function calculationsIn(markdown: string): [calculation: string, result: string][] {
  const matches = markdown.matchAll(/`([\d(][^`a-z]*[×/][^`a-z]*)`(?: *\| *| = )(?:about )?([\d,.]*\d)/g)
  return [...matches].map(([, calculation, result]) => [calculation, result])
}

describe('the guide to the fleet', () => {
  it.each(lines.map((words) => [words.join(' '), words]))(
    'has a command line that exists: %s',
    async (_text, words) => {
      await expect(parseOnly(words)).resolves.toBeUndefined()
    }
  )

  it('has an example of every command for a fleet', () => {
    const queue = ['status', 'dead', 'redrive', 'pause', 'resume', 'drain'].map((name) => `queue ${name}`)
    const named = lines.map(([command, sub]) => (command === 'queue' ? `queue ${sub}` : command))
    expect(named).toEqual(expect.arrayContaining(['deliver', 'work', 'receive', ...queue]))
  })

  it('calculates right', () => {
    const calculations = calculationsIn(onPaper)
    expect(calculations.length).toBeGreaterThan(15)
    for (const [calculation, result] of calculations) {
      const isRight = Math.abs(number(result) / valueOf(calculation) - 1) < 0.01
      expect([calculation, result, isRight]).toEqual([calculation, result, true])
    }
  })

  it('tells the limits that the fleet keeps', () => {
    const { reading, writing } = windowsByKind(DEFAULT_LIMITS)
    for (const [{ points, duration }] of [reading, writing]) {
      const most = Math.floor((60 / duration) * points).toLocaleString('en')
      expect(text).toContain(`${points} requests in ${duration * 1_000} ms: at most ${most} a minute`)
    }
    expect(text).toMatch(/\| reading[^|]*\| 2,000 +\|/)
    expect(text).toMatch(/\| writing[^|]*\| 20,000 +\|/)
    expect(DEFAULT_LIMITS).toEqual({ reading: 2_000, writing: 20_000 })
    expect(text).toMatch(new RegExp(`keys read by a request *\\| ${MAX_KEYS_PER_READ} `))
  })

  it('tells how failures are met', () => {
    // It is given away when it is seen the second time, and others look three times as often as this.
    expect(LOCK_MILLISECONDS + (2 * LOCK_MILLISECONDS) / 3).toBeLessThanOrEqual(30_000)
    expect(text).toContain('within half a minute another worker takes its jobs')
    expect(defaultRetryPolicy.retries).toBe(5)
    expect(text).toContain('after five rounds of six attempts')
  })
})
