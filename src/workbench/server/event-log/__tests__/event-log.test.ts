import type { EventStatus } from '../../../contract'
import { EventLog } from '../event-log'
import { type EventQuery, EVERY_EVENT, readEventQuery } from '../../../contract/event-query'
import type { Arrival } from '../live-event'
import { MappingTrace } from '../mapping-trace'

function arrival(text: string, rejection: string | null = null): Arrival {
  const names = { name: null, visitorCode: null, messageId: null, currency: null }
  return { origin: 'page', receivedAt: 0, text, type: 'track', ...names, rejection, filtered: null }
}

const SUBSCRIPTION = {
  id: 'one',
  name: 'One',
  partnerAction: 'logEvent',
  subscribe: 'type = "track"',
  enabled: true,
  mapping: {}
}
const NO_BATCH = { requests: [], parts: [{ name: null, visitorCode: null, nonces: [], keys: [] }] }

async function numbers(log: EventLog, q = ''): Promise<number[]> {
  return (await log.list(query(q), { limit: 100 })).events.map(({ number }) => number)
}

function query(q: string): EventQuery {
  const read = readEventQuery(q)
  if (read.kind === 'problem') throw new Error(read.message)
  return read.query
}

describe('EventLog', () => {
  it('keeps the last events, and goes on counting', async () => {
    const log = new EventLog({ events: 3 })
    const ids = [1, 2, 3, 4, 5].map((n) => log.add(arrival(`{"n":${n}}`)).id)
    expect(await numbers(log)).toEqual([5, 4, 3])
    expect(log.counts.toJSON()).toMatchObject({ received: 5, waiting: 5 })
    expect(ids.map((id) => log.get(id)?.number)).toEqual([undefined, undefined, 3, 4, 5])
  })

  it('keeps no more bytes than allowed, however they came', async () => {
    const log = new EventLog({ bytes: 15_000 })
    const events = [1, 2, 3, 4].map(() => log.add(arrival('x'.repeat(1_000))))
    expect(await numbers(log)).toEqual([4, 3, 2, 1])
    log.grow(events[3], 5_000)
    expect(await numbers(log)).toEqual([4, 3, 2])
    log.add(arrival('x'.repeat(50_000)))
    expect(await numbers(log)).toEqual([5])
    // What grows after it was dropped is not counted.
    log.grow(events[0], 1_000_000)
    expect(await numbers(log)).toEqual([5])
  })

  it('shows the visitor and the notes of what was delivered', () => {
    const log = new EventLog({ events: 3 })
    const event = log.add({ ...arrival('{}'), visitorCode: 'user-1' })
    const trace = new MappingTrace(SUBSCRIPTION, true)
    event.follow([trace])
    expect(event.summary()).toMatchObject({ visitorCode: 'user-1', reason: null })
    const batch = { requests: [], parts: [{ name: null, visitorCode: 'code-1', nonces: [], keys: [] }] }
    const outcome = { kind: 'delivered' as const, notes: ['Placeholders count as absent: userId is "null".'] }
    trace.attempts.push({ at: 0, outcome, nextAttemptAt: null, batch, position: 0 })
    event.update()
    expect(event.summary()).toMatchObject({
      status: 'delivered',
      visitorCode: 'code-1',
      reason: 'Placeholders count as absent: userId is "null".'
    })
  })

  it('follows an event through its statuses, and counts each event once', () => {
    const log = new EventLog()
    const event = log.add(arrival('{}'))
    const trace = new MappingTrace(SUBSCRIPTION, true)
    const seen: EventStatus[] = []
    log.onChange((changed) => seen.push(changed.status))
    event.follow([trace, new MappingTrace(SUBSCRIPTION, false)])
    const rejected = { kind: 'rejected', status: 500, reason: 'Broken' } as const
    trace.attempts.push({ at: 0, outcome: rejected, nextAttemptAt: 10, batch: NO_BATCH, position: 0 })
    event.update()
    expect(event.summary()).toMatchObject({ status: 'retrying', reason: 'Broken', attempts: 1 })
    trace.attempts.push({ at: 10, outcome: { kind: 'delivered' }, nextAttemptAt: null, batch: NO_BATCH, position: 0 })
    event.update()
    expect(seen).toEqual(['waiting', 'retrying', 'delivered'])
    expect(log.counts.toJSON()).toEqual({
      received: 1,
      waiting: 0,
      retrying: 0,
      delivered: 1,
      filtered: 0,
      rejected: 0
    })
  })

  it('calls an event rejected when one mapping rejected it and another delivered it', () => {
    const log = new EventLog()
    const event = log.add(arrival('{}'))
    const outcomes = [{ kind: 'delivered' } as const, { kind: 'rejected', status: 400, reason: 'Bad' } as const]
    event.follow(
      outcomes.map((outcome) => {
        const trace = new MappingTrace(SUBSCRIPTION, true)
        trace.attempts.push({ at: 0, outcome, nextAttemptAt: null, batch: NO_BATCH, position: 0 })
        return trace
      })
    )
    expect(event.summary()).toMatchObject({ status: 'rejected', reason: 'Bad' })
  })

  it('forgets everything when it is emptied; events still under way count no more', async () => {
    const log = new EventLog()
    const event = log.add(arrival('{}'))
    log.clear()
    event.follow([])
    expect(await log.list(EVERY_EVENT, { limit: 10 })).toEqual({ events: [], total: 0 })
    expect(log.counts.toJSON()).toEqual({
      received: 0,
      waiting: 0,
      retrying: 0,
      delivered: 0,
      filtered: 0,
      rejected: 0
    })
    expect(log.add(arrival('{}')).number).toBe(2)
  })

  it.each(['', '1', 'x-1', '-1', 'NaN'])('knows no event "%s"', (id) => {
    const log = new EventLog()
    log.add(arrival('{}'))
    expect(log.get(id)).toBeUndefined()
  })
})
