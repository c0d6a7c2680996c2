import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { gzipSync } from 'zlib'
import kameleoon from '../../../../destinations/kameleoon'
import { run } from '../../../program'
import { observedTerminal, type ObservedTerminal } from '../../../__tests__/observed-terminal'
import { smallDestination, type Answer } from '../../../../segment-host/__tests__/small-destination'

const timestamp = '2026-03-02T09:00:00.000Z'
const visitor = 'a7k2m9q4x1c8v5b3'
const order = (messageId: string, properties: object = { kameleoonVisitorCode: visitor, revenue: 20 }): object => ({
  type: 'track',
  event: 'Order Completed',
  messageId,
  timestamp,
  properties
})
const neverInterrupted = (): Promise<never> => new Promise(() => undefined)

let folder: string
let startedIn: string
beforeAll(() => {
  startedIn = process.cwd()
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deliver-'))
  process.chdir(folder)
})
afterAll(() => process.chdir(startedIn))

function eventFile(events: (object | string)[], name = 'events.ndjson'): string {
  const text = events.map((event) => (typeof event === 'string' ? event : JSON.stringify(event))).join('\n')
  writeFileSync(join(folder, name), name.endsWith('.gz') ? gzipSync(text) : text)
  return name
}

function rejectedIn(name: string): Record<string, unknown>[] {
  const lines = readFileSync(join(folder, name), 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

interface Ended {
  code: number
  terminal: ObservedTerminal
}

async function deliver(args: string[], env = {}, input = ''): Promise<Ended> {
  const terminal = observedTerminal(env, { input })
  const context = { terminal, definition: kameleoon, untilInterrupted: neverInterrupted }
  return { code: await run(['deliver', ...args], context), terminal }
}

async function deliverSmall(args: string[], answer: Answer, env: Record<string, string> = {}): Promise<Ended> {
  const { definition } = smallDestination(answer)
  const terminal = observedTerminal({ KAMELEOON_API_KEY: 'hush', KAMELEOON_SITECODE: 'abc123def4', ...env })
  const context = {
    terminal,
    definition,
    untilInterrupted: neverInterrupted,
    retry: { wait: () => Promise.resolve() }
  }
  return { code: await run(['deliver', ...args], context), terminal }
}

describe('deliver, to the embedded Kameleoon', () => {
  it('prints the table, says where events went, and ends with 0 when nothing was rejected', async () => {
    const { code, terminal } = await deliver([eventFile([order('a'), order('b'), { type: 'alias', messageId: 'c' }])])
    expect(code).toBe(0)
    expect(terminal.said()).toBe(
      'KAMELEOON_API_KEY and KAMELEOON_SITECODE are not set: delivering to an embedded emulator of Kameleoon, nothing leaves this machine.\n'
    )
    expect(terminal.printed()).toContain(
      '│ Subscription   │ Action        │ Received │ Filtered │ Delivered │ Rejected │'
    )
    expect(terminal.printed()).toContain(
      '│ Track Calls    │ logEvent      │        2 │        0 │         2 │        0 │'
    )
    expect(terminal.printed()).toContain(
      '│ (none)         │               │        1 │        1 │         0 │        0 │'
    )
    expect(terminal.printed()).toContain(
      '│ Total          │               │        3 │        1 │         2 │        0 │'
    )
    expect(terminal.printed()).toContain('        1  (none)  no subscription matched: type alias')
    expect(terminal.printed()).not.toContain('\u001b')
    expect(existsSync('events.rejected.ndjson')).toBe(false)
  })

  it('writes rejected events with their reasons beside, and ends with 1', async () => {
    const nobody = order('lost', { revenue: 5 })
    const { code, terminal } = await deliver([eventFile([order('a'), '{oops', nobody], 'events.ndjson.gz')])
    expect(code).toBe(1)
    expect(terminal.printed()).toContain('Rejected events are in events.rejected.ndjson')
    const [oops, lost] = rejectedIn('events.rejected.ndjson')
    expect(oops).toMatchObject({ line: 2, action: null, status: 400, event: '{oops' })
    expect(oops.reason).toMatch(/^not JSON: /)
    expect(lost).toMatchObject({ line: 3, action: 'logEvent', status: 400, event: nobody })
    expect(lost.reason).toContain('kameleoonVisitorCode')
    expect(Object.keys(lost)).toEqual(['line', 'action', 'status', 'reason', 'event'])
  })

  it('reads standard input, and takes a place for rejected events', async () => {
    const input = `${JSON.stringify(order('a'))}\nno event`
    const byDefault = await deliver(['-'], {}, input)
    expect(byDefault.code).toBe(1)
    expect(rejectedIn('stdin.rejected.ndjson')).toHaveLength(1)
    await deliver(['-', '--rejected', 'bad.ndjson'], {}, input)
    expect(rejectedIn('bad.ndjson')).toHaveLength(1)
  })

  it('prints the summary as JSON alone', async () => {
    const { terminal } = await deliver([eventFile([order('a'), '[]']), '--json'])
    expect(JSON.parse(terminal.printed())).toMatchObject({
      kameleoon: 'embedded',
      received: 2,
      filtered: 0,
      delivered: 1,
      rejected: 1,
      unreadable: {
        count: 1,
        reasons: [{ reason: 'not an event but an array: each line must be a JSON object', count: 1 }]
      },
      rejectedFile: 'events.rejected.ndjson'
    })
  })

  it('runs the subscriptions of a mapping file instead of the presets', async () => {
    const mapping = [{ name: 'Big orders', partnerAction: 'logEvent', subscribe: 'properties.revenue > 100' }]
    writeFileSync('mapping.json', JSON.stringify(mapping))
    const events = [order('a'), order('b', { kameleoonVisitorCode: visitor, revenue: 500 })]
    const { code, terminal } = await deliver([eventFile(events), '--mapping', 'mapping.json', '--visitors'])
    expect(code).toBe(0)
    expect(terminal.printed()).toContain('│ Big orders   │ logEvent │        1 │        0 │         1 │        0 │')
    expect(terminal.printed()).toContain('no subscription matched: type track, event "Order Completed"')
    expect(terminal.printed()).toMatch(new RegExp(`${visitor}\\n[^]*│ conversions {3}│ Order Completed {2}500 `))
  })

  it('loses nothing around an event that is nested too deeply, or a line of 30 MB', async () => {
    const deep = JSON.stringify(order('deep', { kameleoonVisitorCode: visitor, x: 0 })).replace(
      '"x":0',
      `"x":${'['.repeat(60_000)}${']'.repeat(60_000)}`
    )
    const long = JSON.stringify(order('long', { x: 'x'.repeat(30 * 1024 * 1024) }))
    const { code, terminal } = await deliver([eventFile([order('a'), deep, order('b'), long, order('c')]), '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(terminal.printed())).toMatchObject({ received: 5, delivered: 3, rejected: 2 })
    const lines = rejectedIn('events.rejected.ndjson').map(({ line }) => line)
    expect(lines.sort()).toEqual([2, 4])
  })

  it('settles what it could read of a long file that breaks off, says so, and ends with 2', async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => JSON.stringify(order(`m${index}`))).join('\n')
    writeFileSync('cut.gz', gzipSync(lines, { level: 0 }).subarray(0, -4))
    const { code, terminal } = await deliver(['cut.gz', '--json'])
    expect(code).toBe(2)
    expect(terminal.said()).toMatch(
      /Stopped after line [\d,]+ of cut\.gz: Cannot read cut\.gz: the gzip data ends early\./
    )
  })

  it('delivers a body of the Tracking API with what it sets for its events, and keeps rejected ones as lines', async () => {
    const { timestamp: _timestamp, ...unstamped } = order('b') as { timestamp: string }
    const batch = [order('a', { revenue: 1 }), unstamped]
    const body = JSON.stringify({ batch, context: null, sentAt: '2026-03-02T09:00:01.000Z' }, null, 2)
    writeFileSync('body.json', body)
    const { code, terminal } = await deliver(['body.json', '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(terminal.printed())).toMatchObject({ received: 2, delivered: 1, rejected: 1 })
    const [rejected, ...more] = rejectedIn('body.rejected.ndjson')
    expect(more).toEqual([])
    expect(rejected).toMatchObject({ line: 1, event: { messageId: 'a', properties: { revenue: 1 } } })
  })

  it.each([
    ['a table', 'type,event\ntrack,Order Completed\n', 'line 1 is not JSON'],
    ['a document cut off', JSON.stringify([order('a'), order('b')], null, 2).slice(0, -20), 'after event 1'],
    ['another object', '{\n "events": []\n}', 'an object with the members "events", but without a "type"']
  ])('ends with 2 and sends nothing when the file is %s', async (_what, content, seen) => {
    writeFileSync('strange.json', content)
    const { code, terminal } = await deliver(['strange.json'])
    expect(code).toBe(2)
    expect(terminal.printed()).toBe('')
    expect(terminal.said()).toContain('Cannot read events from strange.json: ')
    expect(terminal.said()).toContain(seen)
    expect(terminal.said()).toContain('Accepted are one event a line (NDJSON), a JSON array of events')
    expect(existsSync('strange.rejected.ndjson')).toBe(false)
  })

  it('uses colours on a terminal, unless NO_COLOR is set', async () => {
    const file = eventFile([order('a')])
    const printed = async (env: Record<string, string>): Promise<string> => {
      const terminal = observedTerminal(env, { isTTY: true })
      await run(['deliver', file], { terminal, definition: kameleoon, untilInterrupted: neverInterrupted })
      return terminal.printed()
    }
    expect(await printed({})).toContain('\u001b[32m')
    expect(await printed({ NO_COLOR: '1' })).not.toContain('\u001b')
  })
})

describe('deliver --dry-run', () => {
  it('prints the exact requests with secrets hidden, and says where ids come from', async () => {
    const { code, terminal } = await deliver([eventFile([order('a')]), '--dry-run'])
    expect(code).toBe(0)
    expect(terminal.said()).toContain('Ids of goals and custom data come from it, not from your project.')
    const printed = terminal.printed()
    expect(printed).toMatch(/^POST https:\/\/api\.kameleoon\.com\/oauth\/token\n[^]*?\n\n\(hidden\)\n/)
    expect(printed).toMatch(
      /POST https:\/\/eu-data\.kameleoon\.io\/visit\/events\?siteCode=\w{10}&json=true&bodyUa=true\n/
    )
    expect(printed).toContain('authorization: Bearer (hidden)\ncontent-type: application/json\n')
    const body = /\n(\[{"eventType":"CONVERSION".*)\n/.exec(printed)?.[1] ?? '[]'
    expect(JSON.parse(body)).toEqual([
      expect.objectContaining({ eventType: 'CONVERSION', visitorCode: visitor, revenue: 20, negative: false })
    ])
    expect(printed).not.toContain('emulator-secret')
    expect(terminal.said()).toContain(
      '│ Subscription   │ Action        │ Received │ Filtered │ Would be delivered │ Rejected │'
    )
  })

  it('prints one JSON object for each request with --json, and nothing else', async () => {
    const { code, terminal } = await deliver([
      eventFile([order('a'), order('b')]),
      '--dry-run',
      '--json',
      '--batch-size',
      '1'
    ])
    expect(code).toBe(0)
    const requests = terminal
      .printed()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { method: string; url: string })
    expect(requests[0]).toMatchObject({ method: 'POST', url: 'https://api.kameleoon.com/oauth/token' })
    expect(requests.filter(({ url }) => url.includes('/visit/events'))).toHaveLength(2)
    expect(existsSync('events.ndjson.checkpoint')).toBe(false)
  })

  it('uses the site code and the host of the project, and never its credentials', async () => {
    const env = { KAMELEOON_API_KEY: 'hush', KAMELEOON_SITECODE: 'abc123def4', KAMELEOON_DATA_REGION: 'NA_DOT_EU' }
    const { terminal } = await deliver([eventFile([order('a')]), '--dry-run'], env)
    expect(terminal.printed()).toContain('POST https://na-data.kameleoon.eu/visit/events?siteCode=abc123def4&')
    expect(terminal.printed() + terminal.said()).not.toContain('hush')
  })
})

describe('deliver, with credentials', () => {
  it('hands them to the destination as its settings, and never prints them', async () => {
    const { code, terminal } = await deliverSmall([eventFile([order('a')])], () => ({ status: 200 }))
    expect(code).toBe(0)
    expect(terminal.said()).toBe('Delivering to Kameleoon, project abc123def4.\n')
    expect(terminal.printed() + terminal.said()).not.toContain('hush')
  })

  it('sends again as often as asked, keeps what is undelivered with the last reason, and ends with 3', async () => {
    const answer: Answer = (_, batch) => ({ status: 503, errormessage: `attempt ${batch}` })
    const args = [eventFile([order('a')]), '--retries', '2', '--retry-delay', '1']
    const { code, terminal } = await deliverSmall(args, answer)
    expect(code).toBe(3)
    expect(terminal.printed()).toMatch(/Undelivered, and why\n +1 +Track Calls +503 attempt 3\n/)
    expect(terminal.said()).toContain('1 event could not be delivered')
    expect(existsSync('events.rejected.ndjson')).toBe(false)
    const again = await deliverSmall([...args, '--resume'], () => ({ status: 200 }))
    expect(again.code).toBe(0)
    expect(existsSync('events.ndjson.checkpoint')).toBe(false)
  })

  it('keeps to the batch size', async () => {
    let batches = 0
    const file = eventFile(['a', 'b', 'c', 'd', 'e'].map((id) => order(id)))
    await deliverSmall([file, '--batch-size', '2'], (_, batch) => {
      batches = batch
      return { status: 200 }
    })
    expect(batches).toBe(3)
  })
})

describe('deliver, when it cannot start', () => {
  it.each([
    ['only the API key', { KAMELEOON_API_KEY: 'hush' }, 'KAMELEOON_SITECODE is not'],
    ['only the site code', { KAMELEOON_SITECODE: 'abc123def4' }, 'KAMELEOON_API_KEY is not'],
    [
      'an unknown region',
      { KAMELEOON_API_KEY: 'hush', KAMELEOON_SITECODE: 'abc123def4', KAMELEOON_DATA_REGION: 'MARS' },
      'KAMELEOON_DATA_REGION is "MARS"; it can be EU, NA, EU_DOT_EU, NA_DOT_EU'
    ]
  ])('ends with 2 when the environment has %s', async (_, env, message) => {
    const { code, terminal } = await deliver([eventFile([order('a')])], env)
    expect(code).toBe(2)
    expect(terminal.said()).toContain(message)
    expect(terminal.said()).not.toContain('hush')
    expect(terminal.printed()).toBe('')
  })

  it.each([
    ['a file that is not there', ['missing.ndjson'], 'Cannot read missing.ndjson: there is no such file'],
    ['a folder without events', ['.'], 'Cannot read .: there is no file of events in this folder'],
    ['no file', [], "missing required argument 'files'"],
    ['an unknown option', ['-', '--fast'], "unknown option '--fast'"],
    ['a batch size of nothing', ['-', '--batch-size', '0'], 'It must be a whole number, 1 or more.'],
    ['retries that are no number', ['-', '--retries', 'many'], 'It must be a whole number, 0 or more.'],
    ['a dry run that goes on', ['-', '--dry-run', '--resume'], 'cannot be used with option'],
    ['a run that goes on and begins anew', ['-', '--restart', '--resume'], 'cannot be used with option'],
    ['a mapping file that is not there', ['-', '--mapping', 'none.json'], 'Cannot read the mapping file none.json'],
    [
      'a folder that is not there',
      ['-', '--rejected', 'none/x.ndjson'],
      'Cannot write rejected events to none/x.ndjson'
    ]
  ])('ends with 2 for %s', async (_, args, message) => {
    const { code, terminal } = await deliver(args)
    expect(code).toBe(2)
    expect(terminal.said()).toContain(message)
    expect(terminal.printed()).toBe('')
  })

  it('does not go on with a file that was never begun', async () => {
    const { code, terminal } = await deliver([eventFile([order('a')]), '--resume'])
    expect(code).toBe(2)
    expect(terminal.said()).toContain('There is no stopped run to go on with: events.ndjson.checkpoint does not exist')
  })

  it('does not overwrite the file it reads', async () => {
    const file = eventFile([order('a'), '{oops'])
    const { code, terminal } = await deliver([file, '--rejected', `./${file}`])
    expect(code).toBe(2)
    expect(terminal.said()).toContain('which is being read')
    expect(readFileSync(file, 'utf8')).toContain('{oops')
  })

  it('shows visitors only of the embedded Kameleoon', async () => {
    const { code, terminal } = await deliverSmall([eventFile([order('a')]), '--visitors'], () => ({ status: 200 }))
    expect(code).toBe(2)
    expect(terminal.said()).toContain('--visitors shows the data of the embedded emulator')
  })
})

describe('help', () => {
  it.each(['deliver', 'demo', 'emulate'])('of %s tells the environment and examples', async (name) => {
    const terminal = observedTerminal()
    const code = await run([name, '--help'], { terminal, definition: kameleoon, untilInterrupted: neverInterrupted })
    expect(code).toBe(0)
    expect(terminal.printed()).toContain(`Usage: kameleoon-destination ${name}`)
    expect(terminal.printed()).toMatch(/Environment:\n[^]*NO_COLOR/)
    expect(terminal.printed()).toMatch(/Examples?:\n {2}\$ kameleoon-destination/)
  })

  it('tells the version of the package', async () => {
    const terminal = observedTerminal()
    const code = await run(['--version'], { terminal, definition: kameleoon, untilInterrupted: neverInterrupted })
    expect([code, terminal.printed()]).toEqual([0, '1.0.0\n'])
  })
})
