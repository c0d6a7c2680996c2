import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import fc from 'fast-check'
import { processMemory } from '../destinations/kameleoon/kameleoon-api/project'
import { segmentEvents } from './generated-events'
import { hasHalfCharacter, startKameleoon, type Kameleoon, type Outcome } from './kameleoon'

const RUNS = 50
const TYPES = ['track', 'page', 'screen', 'identify', 'group'] as const

/** Links that events of one batch make for each other have tests of their own. */
const BY_USER_ID: JSONObject = { visitorFallback: 'user id' }
const CUSTOM_DATA: JSONObject = { customData: { '1': { '@path': '$.properties.plan' } } }
type Type = (typeof TYPES)[number]

const MAPPINGS: Record<Type, JSONObject> = {
  track: { ...BY_USER_ID, ...CUSTOM_DATA, conversionMetadata: { '4': { '@path': '$.properties.more' } } },
  page: { ...BY_USER_ID, ...CUSTOM_DATA, sendDeviceData: true },
  screen: { ...BY_USER_ID, sendDeviceData: true },
  identify: { ...BY_USER_ID, customData: { '2': { '@path': '$.traits.plan' } } },
  group: BY_USER_ID
}

/** As Segment batches: by subscription. */
async function throughBatches(kameleoon: Kameleoon, events: SegmentEvent[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const type of TYPES) {
    const some = events.filter((event) => event.type === type)
    if (some.length > 0) outcomes.push(...(await kameleoon.batch(some, MAPPINGS[type])))
  }
  return outcomes
}

/** One by one: what stores data in the order in which a batch merges it, by event time, and the rest all at once. */
async function throughSingles(kameleoon: Kameleoon, events: SegmentEvent[], batched: Outcome[]): Promise<Outcome[]> {
  const found = new Map<SegmentEvent, Outcome>()
  const deliver = async (event: SegmentEvent) => {
    found.set(event, await kameleoon.single(event, MAPPINGS[event.type as Type]))
  }
  const storing = events.filter((_event, index) => batched[index].sent?.maps !== undefined)
  await Promise.all(events.filter((event) => !storing.includes(event)).map(deliver))
  for (const type of TYPES) {
    const some = storing.filter((event) => event.type === type).sort((one, other) => timeOf(one) - timeOf(other))
    for (const event of some) await deliver(event)
  }
  return events.map((event) => found.get(event) ?? { status: 0 })
}

const NOW = Date.now()
const DAY = 24 * 60 * 60 * 1000

/**
 * An event without a usable time is rejected, so its place does not matter. A leap second counts as the second before, and
 * an impossible time as now.
 */
function timeOf({ timestamp }: SegmentEvent): number {
  const time = Date.parse(String(timestamp).replace(':60', ':59')) || 0
  return time < Date.UTC(2010, 0, 1) || time > NOW + DAY ? NOW : time
}

/** Goals get their numbers in the order of their creation, which is not the same on both ways; their names are. */
function wireData(kameleoon: Kameleoon): unknown {
  const names = new Map(kameleoon.emulator.goals.map(({ id, name }) => [id, name]))
  const named = kameleoon.visitEvents().map(({ goalId, ...event }) => ({ ...event, goal: names.get(Number(goalId)) }))
  const byNonce = named.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
  return { visitEvents: byNonce, stored: kameleoon.allStored(), goals: [...names.values()].sort() }
}

/** The framework drops empty strings on the single path only, so for those it finds other words of its own. */
function comparable({ status, errormessage, body }: Outcome, event: SegmentEvent): unknown {
  const { filtered } = Object(body) as { filtered?: string }
  return { status, filtered, ...(Object.values(event).includes('') ? {} : { errormessage }) }
}

/** In the order in which Segment's batches of one type each are sent. */
function byType(events: SegmentEvent[]): SegmentEvent[] {
  return TYPES.flatMap((type) => events.filter((event) => event.type === type))
}

function expectUsable(outcomes: Outcome[]): void {
  for (const { status, errormessage = '' } of outcomes) {
    expect([200, 400]).toContain(status)
    if (status === 400) expect(errormessage).toMatch(/^.+ (is|has|must be|need) ./s)
  }
}

it(`delivers ${RUNS * 50} generated events alike through batches and one by one`, async () => {
  const options = { rateLimits: false, requireToken: true }
  const one = await startKameleoon({ ...options, clientId: 'batches' })
  const other = await startKameleoon({ ...options, clientId: 'singles', mapWrites: 'replace' })

  await fc.assert(
    fc.asyncProperty(segmentEvents, async (mixed) => {
      processMemory.projects.clear()
      one.reset()
      other.reset()
      const events = byType(mixed)
      const batched = await throughBatches(one, events)
      const singles = await throughSingles(other, events, batched)

      expect(batched).toHaveLength(mixed.length)
      expect(batched.map((outcome, index) => comparable(outcome, events[index]))).toEqual(
        singles.map((outcome, index) => comparable(outcome, events[index]))
      )
      expectUsable(batched)
      expect(wireData(one)).toEqual(wireData(other))
      expect([...one.emulator.discarded, ...other.emulator.discarded]).toEqual([])
      expect([one.visitEvents(), one.allStored()].filter(hasHalfCharacter)).toEqual([])
    }),
    { numRuns: RUNS, seed: 20_260_131, endOnFailure: true }
  )
}, 600_000)
