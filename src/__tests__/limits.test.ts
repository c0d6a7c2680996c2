import { MAX_MAPS_BYTES, MAX_VISIT_EVENTS_BYTES } from '../destinations/kameleoon/kameleoon-api/limits'
import { group, identify, times, track } from './events'
import { FORMS, startKameleoon, type Kameleoon } from './kameleoon'

function sizes(kameleoon: Kameleoon, path: string): number[] {
  return kameleoon.requests(path).map(({ body }) => Buffer.byteLength(body))
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

/** The most that custom data may hold, five times: an event of 5,000 characters. */
const fiveTexts = (text: string) => Object.fromEntries([1, 2, 3, 4, 5].map((index) => [index, text]))

it.each([
  ['one byte', 'x'.repeat(1_000)],
  ['three bytes', '夏'.repeat(1_000)],
  ['four bytes', '🏝'.repeat(500)]
])('divides visit events by encoded size, in characters of %s', async (_bytes, text) => {
  const kameleoon = await startKameleoon()
  const events = times(600, (index) => track('Order Completed', { kameleoonVisitorCode: `visitor${index}` }))
  const outcomes = await kameleoon.batch(events, { conversionMetadata: fiveTexts(text) })

  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([200]))
  const bytes = sizes(kameleoon, '/visit/events')
  expect(Math.max(...bytes)).toBeLessThanOrEqual(MAX_VISIT_EVENTS_BYTES)
  expect(Math.max(...bytes)).toBeGreaterThan(0.9 * MAX_VISIT_EVENTS_BYTES)
  expect(sum(bytes)).toBeGreaterThan(MAX_VISIT_EVENTS_BYTES)
  expect(kameleoon.emulator.visitors()).toHaveLength(600)
  expect(kameleoon.emulator.totals.events).toEqual({ CONVERSION: 600 })
})

it('puts at most 1,000 visit events into a request', async () => {
  const kameleoon = await startKameleoon()
  await kameleoon.batch(
    times(1_500, () => track('Order Completed')),
    { customData: { '1': 'gold' } }
  )
  const counts = kameleoon.requests('/visit/events').map(({ body }) => (JSON.parse(body) as unknown[]).length)
  expect(counts).toEqual([1_000, 1_000, 1_000])
})

describe.each(FORMS)('too much, $form', ({ deliver }) => {
  it('for one request of visit events is rejected before it is sent, with both sizes', async () => {
    const kameleoon = await startKameleoon()
    const many = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [index, '夏'.repeat(1_000)]))
    const outcome = await deliver(kameleoon, track('Order Completed', { many }), {
      customData: { '@path': '$.properties.many' }
    })
    expect(outcome).toMatchObject({ status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED' })
    expect(outcome.errormessage).toMatch(
      /^The event needs 2[78]\d{5} bytes; at most 2621440 bytes of visit events fit into one request to Kameleoon\.$/
    )
    expect(kameleoon.requests('/visit/events')).toEqual([])
  })

  it('for Kameleoon, where it takes less than it says, is rejected with both sizes', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/visit/events', status: 413 })
    const outcome = await deliver(kameleoon, track('Order Completed'))
    expect(outcome).toMatchObject({ status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED' })
    expect(outcome.errormessage).toMatch(
      /^The event has 1\d\d bytes, which Kameleoon rejected as too large though its limit is above 2621440: .*Fault on demand\.$/
    )
  })

  it('together with what is stored already is rejected, and what is stored stays', async () => {
    const kameleoon = await startKameleoon()
    await deliver(kameleoon, identify({ one: 'x'.repeat(600_000) }))
    expect(await deliver(kameleoon, identify({ other: 'y'.repeat(300_000) }))).toMatchObject({ status: 200 })
    expect(await deliver(kameleoon, identify({ third: 'z'.repeat(300_000) }))).toMatchObject({
      status: 400,
      errormessage:
        'traits need 1200054 bytes together with what is stored under IDENTIFY_ (the largest is third); at most 1000000 bytes of stored data fit into one request to Kameleoon.'
    })
    expect(Object.keys(kameleoon.stored('IDENTIFY_visitor1') ?? {})).toEqual(['one', 'other'])
  })

  it('for one request is written in two where a visitor has two keys of 600 KB', async () => {
    const kameleoon = await startKameleoon()
    const bio = '夏'.repeat(200_000)
    expect(await deliver(kameleoon, identify({ bio }, { userId: 'user1' }))).toMatchObject({ status: 200 })
    expect(kameleoon.stored('IDENTIFY_visitor1')).toEqual({ bio })
    expect(kameleoon.stored('IDENTIFY_user1')).toEqual({ bio })
    expect(kameleoon.stored('LINK_user1')).toEqual({ kameleoonVisitorCode: 'visitor1' })
    expect(Math.max(...sizes(kameleoon, '/map/maps'))).toBeLessThanOrEqual(MAX_MAPS_BYTES)
  })
})

it.each(['merge', 'replace'] as const)(
  'divides stored data by encoded size, where Kameleoon would %s',
  async (mapWrites) => {
    const kameleoon = await startKameleoon({ mapWrites })
    const events = times(60, (index) => identify({ kameleoonVisitorCode: `visitor${index}`, bio: '夏'.repeat(15_000) }))
    for (const more of [{}, { plan: 'gold' }]) {
      const outcomes = await kameleoon.batch(
        events.map((event) => ({ ...event, traits: Object.assign({}, event.traits, more) }))
      )
      expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([200]))
    }
    const bytes = sizes(kameleoon, '/map/maps')
    expect(Math.max(...bytes)).toBeLessThanOrEqual(MAX_MAPS_BYTES)
    expect(bytes.length).toBeGreaterThanOrEqual(6)
    expect(Object.keys(kameleoon.allStored())).toHaveLength(60)
    expect(kameleoon.stored('IDENTIFY_visitor59')).toEqual({ bio: '夏'.repeat(15_000), plan: 'gold' })
  }
)

it('divides many writes to one key, and each builds on the one before', async () => {
  const kameleoon = await startKameleoon({ mapWrites: 'replace' })
  const events = times(8, (index) => identify({ same: 'x'.repeat(200_000), [`t${index}`]: 'y'.repeat(50_000) }))
  const outcomes = await kameleoon.batch([...events, { ...group('acme'), messageId: 'other subscription' }])
  expect(outcomes.map(({ status }) => status)).toEqual([...events.map(() => 200), 400])
  expect(Math.max(...sizes(kameleoon, '/map/maps'))).toBeLessThanOrEqual(MAX_MAPS_BYTES)
  expect(Object.keys(kameleoon.stored('IDENTIFY_visitor1') ?? {})).toHaveLength(9)
})

it.each(['/visit/events', '/map/maps'])('halves what Kameleoon finds too large for %s, until it fits', async (path) => {
  const kameleoon = await startKameleoon()
  kameleoon.emulator.faults.add({ path, method: 'POST', status: 413, times: 3 })
  const events = times(8, (index) =>
    path === '/map/maps'
      ? identify({ kameleoonVisitorCode: `visitor${index}`, index })
      : track('Order Completed', { index })
  )
  const outcomes = await kameleoon.batch(events)
  expect(outcomes.map(({ status }) => status)).toEqual(events.map(() => 200))
  const counts = kameleoon
    .requests(path)
    .map(({ status, body }) => [status, Object.keys(JSON.parse(body) as object).length])
  expect(counts).toEqual([
    ...[
      [413, 8],
      [413, 4],
      [413, 2]
    ],
    ...[
      [204, 1],
      [204, 1],
      [204, 2],
      [204, 4]
    ]
  ])
})
