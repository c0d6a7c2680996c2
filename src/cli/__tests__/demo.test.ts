import { readFileSync } from 'fs'
import kameleoon from '../../destinations/kameleoon'
import { EXAMPLES_PATH } from '../package-files'
import { run } from '../program'
import { observedTerminal } from './observed-terminal'
import { smallDestination } from '../../segment-host/__tests__/small-destination'

const untilInterrupted = (): Promise<never> => new Promise(() => undefined)

interface Example {
  type: string
  messageId: string
  timestamp: string
  event?: string
  context: { library: object; personas?: object }
}

const lines = readFileSync(EXAMPLES_PATH, 'utf8').trimEnd().split('\n')
const examples = lines.map((line) => JSON.parse(line) as Example)

describe('the bundled examples', () => {
  it('come from the genuine library, each with an id and a moment of its own', () => {
    for (const { context } of examples) expect(context.library).toMatchObject({ name: '@segment/analytics-node' })
    expect(new Set(examples.map(({ messageId }) => messageId)).size).toBe(examples.length)
    expect(new Set(examples.map(({ timestamp }) => timestamp)).size).toBe(examples.length)
  })

  it('cover every type of call, and what Engage and Kameleoon send', () => {
    expect([...new Set(examples.map(({ type }) => type))].sort()).toEqual([
      'alias',
      'group',
      'identify',
      'page',
      'screen',
      'track'
    ])
    const names = examples.map(({ event }) => event)
    for (const name of ['Audience Entered', 'Audience Exited', 'Journeys Step Entered', 'Kameleoon identifier']) {
      expect(names).toContain(name)
    }
    expect(names).toContain('Experiment Viewed')
    expect(examples.filter(({ type, context }) => type === 'identify' && context.personas)).toHaveLength(3)
  })

  it('have one event of about 30 KB, and none that Segment would not take', () => {
    const sizes = lines.map((line) => Buffer.byteLength(line))
    expect(Math.max(...sizes)).toBeGreaterThan(29_000)
    expect(Math.max(...sizes)).toBeLessThan(32_768)
  })
})

describe('demo', () => {
  const demonstrate = async (): Promise<{ code: number; printed: string }> => {
    const terminal = observedTerminal()
    const code = await run(['demo'], { terminal, definition: kameleoon, untilInterrupted })
    return { code, printed: terminal.printed() }
  }

  it('delivers the examples and ends with 0', async () => {
    const { code, printed } = await demonstrate()
    expect(code).toBe(0)
    expect(printed).toContain(`${examples.length} Segment events, captured from @segment/analytics-node`)
    expect(printed).toMatch(/│ Total {10}│ {15}│ {7}35 │ {8}2 │ {8}28 │ {8}5 │/)
    expect(printed).toContain('Accepted by Kameleoon and then discarded: nothing')
    expect(printed).not.toContain('Unexpected problems')
  })

  it('shows each rejected event with its line and reason, and says that it is intended', async () => {
    const { printed } = await demonstrate()
    expect(printed).toContain('Rejected, each with its reason (the examples contain such events on purpose)')
    const rejected = [...printed.matchAll(/^ +line (\d+) {2}(\w+) +400 {2}(.*)$/gm)]
    expect(rejected.map(([, , action]) => action)).toEqual([
      'logEvent',
      'pageEvent',
      'identifyEvent',
      'logEvent',
      'logEvent'
    ])
    expect(rejected[0][3]).toContain('kameleoonVisitorCode is missing')
    expect(rejected[3][3]).toContain('line break')
    expect(rejected[4][3]).toMatch(/revenue must be a number/i)
  })

  it('shows what Kameleoon knows about each visitor', async () => {
    const { printed } = await demonstrate()
    const known = Object.fromEntries(
      [...printed.matchAll(/^(\S+)(?: {2}linked: .*)?\n┌[^]*?└/gm)].map(([box, code]) => [code, box])
    )
    expect(known.a7k2m9q4x1c8v5b3).toMatch(/linked: (user-ana, anon-ana|anon-ana, user-ana)/)
    expect(known.a7k2m9q4x1c8v5b3).toMatch(/Order Completed {2}119\.9 /)
    expect(known.a7k2m9q4x1c8v5b3).toMatch(/Order Refunded {2}−30 {2}\(taken back\)/)
    expect(known.a7k2m9q4x1c8v5b3).toMatch(/│ pages +│ https:\/\/shop\.example\.com\/ {2}Shop/)
    expect(known.a7k2m9q4x1c8v5b3).toMatch(/│ audiences +│ big_spenders +│\n│ +│ order_completed_last_30days/)
    expect(known.ben4t6y8u1i3o5p7).toMatch(/│ group +│ acme +│\n│ +│ name = Acme Ltd/)
    expect(known.ben4t6y8u1i3o5p7).not.toContain('trial_users')
    expect(known.chie3z9x7c5v1b2n).toContain('SegmentIO track - チェックアウト完了 🎉  4,980')
    expect(known.chie3z9x7c5v1b2n).toContain('name = 渡辺 千恵')
    expect(known.chie3z9x7c5v1b2n).not.toContain('audiences')
    expect(known.dora8f6g4h2j1k3l).toContain('plan = silver')
    expect(Object.keys(known)).toContain('emil5w7e9r1t3y4u')
    expect(printed).not.toContain('kameleoonVisitorCode =')
  })

  it('ends with 1, and says why, when something happens that is not intended', async () => {
    const { definition } = smallDestination(() => ({ status: 403, errormessage: 'no access' }))
    const terminal = observedTerminal()
    const code = await run(['demo'], { terminal, definition, untilInterrupted })
    expect(code).toBe(1)
    expect(terminal.printed()).toContain('Unexpected problems')
    expect(terminal.printed()).toContain('Nothing was delivered.')
    expect(terminal.printed()).toMatch(/Line \d+ was rejected with status 403: no access/)
  })
})
