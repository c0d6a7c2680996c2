import type { Outcome } from '../../../../segment-host'
import type { Overview } from '../../../contract'
import { EventLog } from '../../event-log/event-log'
import type { Arrival, LiveEvent } from '../../event-log/live-event'
import { MappingTrace } from '../../event-log/mapping-trace'
import type { PartKind } from '../../event-log/part-kinds'
import { OverviewCounts } from '../overview-counts'

const NOON = Date.parse('2026-01-31T12:00:00.000Z')
const ARRIVAL: Arrival = {
  ...{ origin: 'page', receivedAt: NOON, text: '{}', type: 'track', name: 'Order', visitorCode: null },
  ...{ messageId: null, currency: 'EUR', rejection: null, filtered: null, replayOf: null }
}
const SUBSCRIPTION = {
  ...{ id: 'orders', name: 'Orders', partnerAction: 'logEvent', subscribe: 'type = "track"', enabled: true },
  mapping: {}
}

function started() {
  const events = new EventLog({ events: 10 })
  const counts = new OverviewCounts({ events, clock: () => NOON })
  return { events, counts, overview: (): Overview => counts.overview('15m') }
}

/** An attempt of a mapping with one conversion, and what Kameleoon did with it. */
function attempt(trace: MappingTrace, outcome: Outcome, kind: PartKind, nextAttemptAt: number | null = null): void {
  const parts = [{ name: null, visitorCode: null, nonces: ['A'], keys: [] }]
  trace.attempts.push({ at: NOON, outcome, nextAttemptAt, batch: { requests: [], parts }, position: 0 })
  trace.noteSent([{ key: 'A', what: 'CONVERSION', goalId: 310001, goalName: 'Order', amount: 49.9, text: null }])
  trace.noteKinds(new Map([['A', kind]]))
}

function followed(events: EventLog): { event: LiveEvent; trace: MappingTrace } {
  const event = events.add(ARRIVAL)
  const trace = new MappingTrace(SUBSCRIPTION, true)
  event.follow([trace])
  return { event, trace }
}

const BUSY: Outcome = { kind: 'rejected', status: 500, reason: 'Kameleoon answered 500' }

it('follows an event from its arrival over a retry to its delivery, and counts it once everywhere', () => {
  const { events, overview } = started()
  const { event, trace } = followed(events)
  expect(overview()).toMatchObject({ events: { received: 1, waiting: 1 }, mappings: [{ taken: 1, unsettled: 1 }] })

  attempt(trace, BUSY, 'not-taken', NOON + 1_000)
  event.update()
  expect(overview()).toMatchObject({
    events: { received: 1, waiting: 0, retrying: 1 },
    reasons: [{ kind: 'retrying', reason: 'Kameleoon answered 500', count: 1, example: { id: event.id } }],
    goals: []
  })

  attempt(trace, { kind: 'delivered' }, 'kept')
  event.update()
  event.update()
  expect(overview()).toMatchObject({
    events: { received: 1, waiting: 0, retrying: 0, delivered: 1, filtered: 0, rejected: 0 },
    kameleoon: { kept: 1, duplicate: 0, discarded: 0, nothing: 0, unknown: 0 },
    reasons: [],
    goals: [{ goalId: 310001, conversions: 1, amounts: [{ currency: 'EUR', amount: 49.9 }] }],
    mappings: [{ id: 'orders', name: 'Orders', taken: 1, delivered: 1, unsettled: 0 }]
  })
  expect(overview().steps.at(-1)).toMatchObject({ received: 1, delivered: 1, unsettled: 0 })
})

it.each([
  ['kept', 'kept', 1],
  ['duplicate', 'duplicate', 0],
  ['discarded', 'discarded', 0],
  ['sent', 'unknown', 1]
] as const)('counts a delivered event whose conversion was %s as %s', (kind, counted, conversions) => {
  const { events, overview } = started()
  const { event, trace } = followed(events)
  attempt(trace, { kind: 'delivered' }, kind)
  event.update()
  const nothing = { kept: 0, duplicate: 0, discarded: 0, nothing: 0, unknown: 0 }
  expect(overview().kameleoon).toEqual({ ...nothing, [counted]: 1 })
  expect(overview().goals.reduce((sum, goal) => sum + goal.conversions, 0)).toBe(conversions)
})

it('counts an event that its source rejected, and one that no mapping takes, with their reasons', () => {
  const { events, overview } = started()
  events.add({ ...ARRIVAL, rejection: 'Segment would drop it: event must be a text' })
  events.add(ARRIVAL).follow([new MappingTrace(SUBSCRIPTION, false)])
  expect(overview()).toMatchObject({
    events: { received: 2, filtered: 1, rejected: 1 },
    reasons: [
      { kind: 'rejected', reason: 'Segment would drop it: event must be a text', mapping: null },
      { kind: 'filtered', reason: 'No mapping matched' }
    ],
    mappings: []
  })
})

it('counts two mappings that fail for the same reason as one event of that reason', () => {
  const { events, overview } = started()
  const event = events.add(ARRIVAL)
  const traces = ['one', 'two'].map((id) => new MappingTrace({ ...SUBSCRIPTION, id }, true))
  traces.forEach((trace) => attempt(trace, BUSY, 'not-taken'))
  event.follow(traces)
  expect(overview().reasons).toMatchObject([{ kind: 'rejected', count: 1 }])
  expect(overview().mappings).toMatchObject([{ rejected: 1 }, { rejected: 1 }])
})

it('goes on counting events that the log no longer keeps', () => {
  const { events, overview } = started()
  const first = followed(events)
  for (let count = 0; count < 20; count++) followed(events)
  attempt(first.trace, { kind: 'delivered' }, 'kept')
  first.event.update()
  expect(overview().events).toMatchObject({ received: 21, waiting: 20, delivered: 1 })
})

it('starts from zero when all events are deleted, and leaves out events from before', () => {
  const { events, overview } = started()
  const { event, trace } = followed(events)
  events.clear()
  attempt(trace, { kind: 'delivered' }, 'kept')
  event.update()
  expect(overview()).toMatchObject({
    events: { received: 0, waiting: 0, delivered: 0 },
    kameleoon: { kept: 0 },
    ...{ reasons: [], goals: [], mappings: [] }
  })
  expect(overview().steps.every(({ received }) => received === 0)).toBe(true)
  followed(events)
  expect(overview().events).toMatchObject({ received: 1, waiting: 1 })
})

it('answers as shortly after thousands of events as after a few', () => {
  const { events, counts } = started()
  const fail = (times: number): number => {
    for (let count = 0; count < times; count++) {
      const { event, trace } = followed(events)
      attempt(trace, { ...BUSY, reason: `Kameleoon answered ${500 + count}` }, 'not-taken')
      event.update()
    }
    return JSON.stringify({ ...counts.overview('24h'), steps: [] }).length
  }
  const few = fail(10)
  expect(fail(5_000)).toBeLessThan(few * 1.2)
  expect(counts.overview('24h').reasons).toMatchObject([{ count: 5_010 }])
})
