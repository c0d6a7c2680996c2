import { execFileSync } from 'child_process'
import { existsSync } from 'fs'
import { join } from 'path'
import { logWatch } from '../log'
import { batch, orders, rejection, settled, testClock, wait } from './samples'

const SECRET = 'hidden-secret-1'
const anyText: unknown = expect.any(String)

function started() {
  const clock = testClock()
  const written: string[] = []
  const destination = { write: (line: string) => void written.push(line) }
  const watch = logWatch({ runId: 'run-1', destination, secrets: [SECRET], clock })
  const records = () => written.map((line) => JSON.parse(line) as Record<string, unknown>)
  return { clock, watch, records, text: () => written.join('') }
}

describe('a structured log', () => {
  it('has one JSON object a line, each with run id, level, time and message', async () => {
    const { watch, records, text } = started()
    watch.batch(batch)
    watch.settled(settled(rejection))
    watch.note('a note\nof two lines')
    await watch.close()
    expect(text().match(/\n/g)).toHaveLength(4)
    for (const record of records()) {
      expect(record).toMatchObject({ run: 'run-1', level: anyText, msg: anyText })
      expect(new Date(String(record.time)).toISOString()).toBe(record.time)
    }
    expect(records()[2]).toMatchObject({ level: 'info', kind: 'note', msg: 'a note\nof two lines' })
  })

  it('tells everything of a batch but the mapping', () => {
    const { watch, records } = started()
    watch.batch(batch)
    expect(records()).toEqual([
      {
        ...{ level: 'info', time: anyText, run: 'run-1', kind: 'batch', msg: 'batch sent' },
        ...{ subscription: 'Orders', action: 'logEvent', batch: 3, events: 1000, attempt: 2, latencyMs: 87 },
        ...{ delivered: 900, filtered: 40, rejected: 10, again: 50, waiting: 1234 }
      }
    ])
  })

  it('warns of requests that fail, have no answer or are too many, and is silent about others', () => {
    const { watch, records } = started()
    for (const status of [200, 302, 404, 429, 503, null]) {
      watch.request({ method: 'POST', path: '/visit/events', status, milliseconds: 12 })
    }
    const record = { level: 'warn', kind: 'request', method: 'POST', path: '/visit/events', latencyMs: 12 }
    expect(records()).toEqual([
      expect.objectContaining({ ...record, status: 404, msg: 'request failed' }),
      expect.objectContaining({ ...record, status: 429, msg: 'too many requests for Kameleoon' }),
      expect.objectContaining({ ...record, status: 503, msg: 'request failed' }),
      expect.objectContaining({ ...record, status: null, msg: 'request without an answer' })
    ])
  })

  it('warns of pauses', () => {
    const { watch, records } = started()
    watch.waiting(wait(12_000))
    const pause = { subscription: 'Orders', action: 'logEvent', events: 500, waitMs: 12_000 }
    expect(records()).toEqual([
      expect.objectContaining({ level: 'warn', kind: 'waiting', ...pause, reason: '503 Service unavailable' })
    ])
  })

  it('warns of rejected events with their place and reason, never with their content', () => {
    const { watch, records, text } = started()
    watch.settled({ ...settled(rejection, 17), ...{ file: 'june.ndjson' } })
    watch.settled(settled({ ...rejection, reason: 'not JSON' }, 18, null))
    watch.settled(settled({ kind: 'delivered' }))
    watch.settled(settled({ kind: 'filtered', reason: 'no visitor' }))
    const rejected = { level: 'warn', kind: 'rejected', status: 400, msg: 'event rejected' }
    expect(records()).toEqual([
      expect.objectContaining({
        ...{ ...rejected, file: 'june.ndjson', line: 17, reason: 'Revenue must be a number' },
        ...{ subscription: 'Orders', action: 'logEvent' }
      }),
      expect.objectContaining({ ...rejected, line: 18, reason: 'not JSON' })
    ])
    expect(records()[1]).not.toHaveProperty('subscription')
    expect(text()).not.toContain('content-of-the-event')
  })

  it('ends with a summary', async () => {
    const { clock, watch, records } = started()
    watch.position({ events: 10, bytes: 100, totalBytes: 100 })
    for (let event = 0; event < 3; event++) watch.settled(settled({ kind: 'delivered' }))
    watch.settled(settled({ kind: 'filtered', reason: 'no visitor' }))
    watch.settled(settled(rejection))
    watch.batch(batch)
    watch.request({ method: 'POST', path: '/visit/events', status: 200, milliseconds: 12 })
    clock.advance(1500)
    await watch.close()
    expect(records().pop()).toEqual({
      ...{ level: 'info', time: anyText, run: 'run-1', kind: 'summary', msg: 'run ended' },
      ...{ durationMs: 1500, delivered: 3, filtered: 1, rejected: 1, undelivered: 0, requests: 1, retries: 50 },
      position: { events: 10, bytes: 100, totalBytes: 100 }
    })
  })

  it('holds no secrets, also where a reason repeats what was sent', () => {
    const { watch, records, text } = started()
    const reason = `Not accepted: {"access_token":"hidden-2","sent":"${SECRET}"}`
    watch.settled(settled({ ...rejection, reason }))
    watch.waiting(wait(1000, reason))
    watch.note(reason)
    watch.batch({ ...batch, subscription: { ...orders, name: SECRET } })
    expect(text()).not.toContain('hidden')
    expect(records()[0].reason).toBe('Not accepted: {"access_token":"<redacted>","sent":"<redacted>"}')
    expect(records()[2].msg).toBe(records()[0].reason)
    expect(records()[3].subscription).toBe('<redacted>')
  })
})

describe('a log on standard error', () => {
  /** More records than a pipe takes without a reader. */
  const programThatEnds = (end: string): string => `
    const { logWatch, standardError } = require(${JSON.stringify(join(__dirname, '..', 'log.ts'))})
    const watch = logWatch({ runId: 'run-1', destination: standardError() })
    for (let number = 0; number < 3000; number++) watch.note('note ' + number)
    ${end}`

  /** Runs such a program and sends its log to a place in the words of the shell. Its exit code becomes a line. */
  function linesOf(place: string, end: string): string[] {
    const script = `exec 3>&1; { node --import tsx -e "$PROGRAM" >/dev/null; echo "code $?" >&3; } ${place}`
    const options = {
      env: { ...process.env, PROGRAM: programThatEnds(end) },
      encoding: 'utf8',
      maxBuffer: 1e7
    } as const
    return execFileSync('sh', ['-c', script], options).trim().split('\n')
  }

  it('loses nothing when the process ends at once', () => {
    const lines = linesOf('2>&1 | cat', 'process.exit(3)')
    expect(lines.filter((line) => line.startsWith('code'))).toEqual(['code 3'])
    const messages = lines.flatMap((line) => /"msg":"(.*)"/.exec(line)?.[1] ?? [])
    expect(messages).toEqual(Array.from({ length: 3000 }, (_, number) => `note ${number}`))
  })

  // Errors of writing come after the program has had its turn.
  const END_LATER = 'setImmediate(() => process.exit(3))'

  it('does not end the process when its reader has gone', () => {
    const lines = linesOf('2>&1 | head -n 1', END_LATER)
    expect(lines).toContain('code 3')
    expect(lines).toHaveLength(2)
  })

  // Linux has a file that is always full.
  const itWithFullDisk = existsSync('/dev/full') ? it : it.skip
  itWithFullDisk('does not end the process when the disk is full', () => {
    expect(linesOf('2>/dev/full', END_LATER)).toEqual(['code 3'])
  })
})
