import type { SegmentEvent } from '@segment/actions-core'
import { MAX_MAPS_BYTES } from '../destinations/kameleoon/kameleoon-api/limits'
import { identify, times } from './events'
import { startKameleoon } from './kameleoon'
import type { Kameleoon } from './kameleoon'

const MODES = ['merge', 'replace'] as const
const HOUR = 3_600_000
const BY_EVENT = { ttlHours: { '@path': '$.context.ttl' }, existingData: { '@path': '$.context.existing' } }

function visitorOf(index: number, traits: object): SegmentEvent {
  return identify({ kameleoonVisitorCode: `visitor${index}`, ...traits })
}

function writes(kameleoon: Kameleoon) {
  return kameleoon.requests('/map/maps').map(({ query, body }) => ({
    ttlHours: query.ttlHours,
    maps: JSON.parse(body) as Record<string, Record<string, unknown>>,
    bytes: Buffer.byteLength(body)
  }))
}

const statuses = (outcomes: Array<{ status: number }>) => new Set(outcomes.map(({ status }) => status))
const at = (minute: number) => ({ timestamp: `2026-01-31T12:0${minute}:00.000Z` })

describe.each(MODES)('a batch of stored data, where Kameleoon would %s', (mapWrites) => {
  it('is one write for each time to live, however they alternate', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    const events = times(200, (index) => ({ ...visitorOf(index, { index }), context: { ttl: 10 + (index % 2) } }))
    expect(statuses(await kameleoon.batch(events, BY_EVENT))).toEqual(new Set([200]))
    expect(writes(kameleoon).map(({ ttlHours, maps }) => [ttlHours, Object.keys(maps).length])).toEqual([
      ['10', 100],
      ['11', 100]
    ])
    expect(Object.keys(kameleoon.allStored())).toHaveLength(200)
  })

  it('is one write for each of two visitors with much stored, however their small changes alternate', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    const bio = 'x'.repeat(600_000)
    await kameleoon.batch(times(2, (index) => visitorOf(index, { bio })))
    const before = writes(kameleoon).length
    const events = times(300, (index) => visitorOf(index % 2, { [`t${index}`]: index }))
    expect(statuses(await kameleoon.batch(events))).toEqual(new Set([200]))

    const later = writes(kameleoon).slice(before)
    expect(later.map(({ maps }) => Object.keys(maps))).toEqual([['IDENTIFY_visitor0'], ['IDENTIFY_visitor1']])
    expect(Math.max(...later.map(({ bytes }) => bytes))).toBeLessThanOrEqual(MAX_MAPS_BYTES)
    expect(Object.keys(kameleoon.stored('IDENTIFY_visitor1') ?? {})).toHaveLength(151)
    expect(kameleoon.stored('IDENTIFY_visitor1')).toMatchObject({ bio, t1: 1, t299: 299 })
  })

  it('of 1,000 changes to a map of 5,000 fields is one read, one write, and one without the removed fields', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    const old = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`old${index}`, index]))
    await kameleoon.single(identify(old))
    const [reads, before] = [kameleoon.requests('/map/maps', 'GET').length, writes(kameleoon).length]
    const events = times(1_000, (index) => identify({ last: index, [`old${index}`]: null, [`new${index}`]: true }))
    expect(statuses(await kameleoon.batch(events))).toEqual(new Set([200]))

    expect(kameleoon.requests('/map/maps', 'GET')).toHaveLength(reads + 1)
    const fields = writes(kameleoon)
      .slice(before)
      .map(({ maps }) => Object.values(maps.IDENTIFY_visitor1))
    expect(fields.map((values) => values.filter((value) => value === null).length)).toEqual([1_000, 0])
    const kept = Object.entries(old).filter(([, index]) => index >= 1_000)
    const added = Array.from({ length: 1_000 }, (_, index) => [`new${index}`, true] as const)
    expect(kameleoon.stored('IDENTIFY_visitor1')).toEqual({ ...Object.fromEntries([...kept, ...added]), last: 999 })
  })

  it.each([
    ['shorter', 9, 3],
    ['longer', 3, 9]
  ])('that writes to one key twice lets it live as the later event says: %s', async (_what, earlier, later) => {
    let now = Date.parse('2026-02-01T00:00:00Z')
    const kameleoon = await startKameleoon({ mapWrites, clock: () => now })
    const events = [
      { ...identify({ plan: 'gold' }, at(2)), messageId: 'later', context: { ttl: later } },
      { ...identify({ city: 'Nice' }, at(1)), messageId: 'earlier', context: { ttl: earlier } }
    ]
    expect(statuses(await kameleoon.batch(events, BY_EVENT))).toEqual(new Set([200]))
    expect(writes(kameleoon).map(({ ttlHours }) => ttlHours)).toEqual([String(later)])
    now += later * HOUR - 1
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: { plan: 'gold', city: 'Nice' } })
    now += 1
    expect(kameleoon.allStored()).toEqual({})
  })
})

it.each([
  ['first', ['replace', 'keep']],
  ['last', ['keep', 'replace']]
])('drops what was stored where one event of a key replaces and another keeps: the %s', async (_what, existing) => {
  const kameleoon = await startKameleoon({ mapWrites: 'replace' })
  await kameleoon.single(identify({ old: true, plan: 'free' }))
  const [one, other] = [identify({ plan: 'gold' }, at(1)), identify({ city: 'Nice' }, at(2))]
  const outcomes = await kameleoon.batch(
    [
      { ...one, messageId: 'one', context: { existing: existing[0] } },
      { ...other, messageId: 'other', context: { existing: existing[1] } }
    ],
    BY_EVENT
  )
  expect(statuses(outcomes)).toEqual(new Set([200]))
  expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: { plan: 'gold', city: 'Nice' } })
})
