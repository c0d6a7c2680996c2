import {
  bodiesTo,
  callsTo,
  errorFrom,
  kameleoon,
  operationsOf,
  sentEvents,
  startFromEmpty
} from '../../__tests__/__helpers__/kameleoon'
import { runBatch, runOne } from '../../__tests__/__helpers__/segment'
import type { SourceEvent } from '../../__tests__/__helpers__/segment'

const READ = 'GET /map/maps'
const WRITE = 'POST /map/maps'

const identify: SourceEvent = {
  type: 'identify',
  event: undefined,
  messageId: 'fake-message-1',
  timestamp: '2026-01-31T12:00:00.000Z',
  userId: 'user-1',
  anonymousId: undefined,
  traits: { plan: 'pro', address: { city: 'Paris' }, tags: ['a', 'b'] },
  context: {}
}
const { traits } = identify

/** The same call by a user whose visitor code is another one than the user id. */
const coded = { ...identify, traits: { ...(traits as object), kameleoonVisitorCode: 'visitor-1' } }

/** These users have the same id in both tools, so no link is looked up. */
const run = (event: SourceEvent, mapping = {}) =>
  runOne('identifyEvent', event, { visitorFallback: 'user id', ...mapping })

beforeEach(startFromEmpty)

describe('an identify call', () => {
  it('stores the traits under the user: address, headers and body', async () => {
    const calls = kameleoon()
    const data = await run(identify)
    expect(operationsOf(calls)).toEqual(['POST /oauth/token', READ, WRITE])
    expect(calls[1].query).toEqual({ siteCode: 'abc123def4', keys: '["IDENTIFY_user-1"]' })
    const [write] = callsTo(calls, WRITE)
    expect(write.host).toBe('https://eu-data.kameleoon.io')
    expect(write.query).toEqual({ siteCode: 'abc123def4', ttlHours: '2208' })
    expect(write.headers).toMatchObject({
      authorization: 'Bearer fake-token',
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^SegmentKameleoonDestination\/[\d.]+ \(Segment Actions\)$/) as string
    })
    expect(JSON.parse(write.body)).toEqual({ 'IDENTIFY_user-1': traits })
    expect(data).toEqual({
      status: 200,
      sent: { maps: { 'IDENTIFY_user-1': traits } },
      body: { answers: [{ operation: WRITE, status: 204 }] }
    })
  })

  it('with a visitor code stores the traits under both and links them; the code itself is not stored as trait', async () => {
    const calls = kameleoon()
    await run({ ...coded, anonymousId: 'anonymous-1' })
    expect(bodiesTo(calls, WRITE)).toEqual([
      {
        'IDENTIFY_visitor-1': traits,
        'IDENTIFY_user-1': traits,
        'LINK_user-1': { kameleoonVisitorCode: 'visitor-1' },
        'LINK_anonymous-1': { kameleoonVisitorCode: 'visitor-1' }
      }
    ])
  })

  it('with the classic name of the visitor code does the same', async () => {
    const calls = kameleoon()
    await run({ ...identify, traits: { ...(traits as object), k_visitorCode: 'visitor-1' } })
    expect(bodiesTo(calls, WRITE)).toEqual([
      {
        'IDENTIFY_visitor-1': traits,
        'IDENTIFY_user-1': traits,
        'LINK_user-1': { kameleoonVisitorCode: 'visitor-1' }
      }
    ])
  })

  it('of a visitor without user id stores no link', async () => {
    const calls = kameleoon()
    await run({ ...coded, userId: undefined, anonymousId: 'anonymous-1' })
    expect(bodiesTo(calls, WRITE)).toEqual([{ 'IDENTIFY_visitor-1': traits }])
  })

  it('keeps stored traits', async () => {
    const calls = kameleoon({ [READ]: { body: { 'IDENTIFY_user-1': { plan: 'free', city: 'Lyon' } } } })
    await run({ ...identify, traits: { plan: 'pro' } })
    expect(bodiesTo(calls, WRITE)).toEqual([{ 'IDENTIFY_user-1': { plan: 'pro', city: 'Lyon' } }])
  })

  it('replaces stored data without reading it, if the mapping says so', async () => {
    const calls = kameleoon()
    await run(identify, { existingData: 'replace', ttlHours: 48 })
    expect(operationsOf(calls)).toEqual(['POST /oauth/token', WRITE])
    expect(callsTo(calls, WRITE)[0].query.ttlHours).toBe('48')
  })

  it('is the same alone and in a batch', async () => {
    const calls = kameleoon()
    await run(coded)
    const outcomes = await runBatch([coded], { partnerAction: 'identifyEvent' })
    const [alone, inBatch] = callsTo(calls, WRITE)
    expect(inBatch).toEqual(alone)
    expect(outcomes).toMatchObject([{ status: 200, sent: { maps: { 'IDENTIFY_visitor-1': traits } } }])
  })

  it('of one user twice in a batch is written once, the later call last', async () => {
    const calls = kameleoon()
    const later = { ...identify, messageId: 'fake-message-2', timestamp: '2026-01-31T13:00:00.000Z' }
    await runBatch(
      [
        { ...later, traits: { plan: 'pro' } },
        { ...identify, traits: { plan: 'free', old: true } }
      ],
      {
        partnerAction: 'identifyEvent'
      }
    )
    expect(bodiesTo(calls, WRITE)).toEqual([{ 'IDENTIFY_user-1': { plan: 'pro', old: true } }])
  })

  it('with an audience membership stores the trait and the membership', async () => {
    const calls = kameleoon()
    await run({
      ...identify,
      traits: { order_completed_last_30days: true },
      context: {
        personas: { computation_class: 'audience', computation_key: 'order_completed_last_30days' }
      }
    })
    expect(bodiesTo(calls, WRITE)).toEqual([
      {
        'IDENTIFY_user-1': { order_completed_last_30days: true },
        'COHORTS_user-1': { order_completed_last_30days: true }
      }
    ])
  })

  it('that ends a membership stores false as trait and removes the membership, also where a null would stay', async () => {
    const calls = kameleoon({
      [READ]: { body: { 'COHORTS_user-1': { order_completed_last_30days: true, vip: true } } }
    })
    await run({
      ...identify,
      traits: { order_completed_last_30days: false },
      context: {
        personas: { computation_class: 'audience', computation_key: 'order_completed_last_30days' }
      }
    })
    expect(bodiesTo(calls, WRITE)).toEqual([
      {
        'IDENTIFY_user-1': { order_completed_last_30days: false },
        'COHORTS_user-1': { order_completed_last_30days: null, vip: true }
      },
      { 'COHORTS_user-1': { vip: true } }
    ])
  })

  it('removes a trait that is null, also where a null would stay', async () => {
    const calls = kameleoon({ [READ]: { body: { 'IDENTIFY_user-1': { plan: 'pro', city: 'Paris' } } } })
    await run({ ...identify, traits: { plan: null } })
    expect(bodiesTo(calls, WRITE)).toEqual([
      { 'IDENTIFY_user-1': { plan: null, city: 'Paris' } },
      { 'IDENTIFY_user-1': { city: 'Paris' } }
    ])
  })

  it('stores neither the visitor code in whatever spelling nor the traits that Kameleoon itself sets', async () => {
    const calls = kameleoon()
    await run({
      ...identify,
      traits: { plan: 'pro', Kameleoon_Visitor_Code: 'v', Experiment: 'Checkout:B', Personalization: 'Summer:A' }
    })
    for (const map of Object.values(bodiesTo<Record<string, object>>(calls, WRITE)[0])) {
      expect(Object.keys(map).filter((name) => name !== 'kameleoonVisitorCode')).toEqual('plan' in map ? ['plan'] : [])
    }
  })

  it('by a placeholder stores nothing under it, and says what was found where', async () => {
    const calls = kameleoon()
    const answer = await run({ ...coded, userId: 'undefined', anonymousId: 'null' })
    expect(bodiesTo(calls, WRITE).map((body) => Object.keys(body as object))).toEqual([['IDENTIFY_visitor-1']])
    expect(answer).toMatchObject({
      body: {
        notes: ['Placeholders count as absent: userId is "undefined", anonymousId is "null".']
      }
    })
  })

  it('sets custom data of the mapping on the visitor too', async () => {
    const calls = kameleoon()
    await run(identify, { customData: { '5': { '@path': '$.traits.plan' } } })
    expect(sentEvents(calls)).toMatchObject([{ eventType: 'CUSTOMDATA', index: 5, valuesCountMap: { pro: 1 } }])
    expect(bodiesTo(calls, WRITE)).toEqual([{ 'IDENTIFY_user-1': traits }])
  })

  it('stores the traits that the mapping names, and keeps what is stored beside them', async () => {
    const calls = kameleoon({ [READ]: { body: { 'IDENTIFY_user-1': { seats: 5 } } } })
    await run(identify, { storedTraits: ['plan', 'unknown'] })
    expect(bodiesTo(calls, WRITE)).toEqual([{ 'IDENTIFY_user-1': { seats: 5, plan: 'pro' } }])
  })

  it('stores the membership of an audience whether the mapping names the trait or not', async () => {
    const calls = kameleoon()
    const context = { personas: { computation_class: 'audience', computation_key: 'vip' } }
    await run({ ...identify, traits: { plan: 'pro', vip: true }, context }, { storedTraits: ['plan'] })
    expect(bodiesTo(calls, WRITE)).toEqual([{ 'IDENTIFY_user-1': { plan: 'pro' }, 'COHORTS_user-1': { vip: true } }])
  })

  it('with none of the traits that the mapping names is filtered with a reason', async () => {
    const calls = kameleoon()
    expect(await run(identify, { storedTraits: ['colour'] })).toMatchObject({
      body: { filtered: 'The identify call has none of the traits that the mapping stores (Stored Traits).' }
    })
    expect(callsTo(calls, WRITE)).toEqual([])
  })

  it('without traits is filtered with a reason', async () => {
    const calls = kameleoon()
    await expect(run({ ...identify, traits: {} })).resolves.toMatchObject({
      body: { filtered: 'The identify call has no traits, so there is nothing to store.' }
    })
    expect(calls).toEqual([])
  })

  it.each([
    ['0', 0, /^Time to Live \(Hours\) must be equal to or greater than 1\.$/],
    ['8785', 8785, /^Time to Live \(Hours\) must be equal to or less than 8784\.$/],
    ['1.5', 1.5, /^ttlHours must be a whole number from 1 to 8784, but it is the number 1\.5\.$/]
  ])('with a time to live of %s hours is rejected', async (_case, ttlHours, message) => {
    kameleoon()
    const error = await errorFrom(() => run(identify, { ttlHours }))
    expect(error.message).toMatch(message)
  })

  it.each<[string, SourceEvent, RegExp]>([
    ['a user id too long for a key', { userId: 'u'.repeat(92) }, /^(kameleoonVisitorCode|userId) has 92 characters/],
    [
      'a trait with a name of 1,025 characters',
      { traits: { ['a'.repeat(1025)]: 1 } },
      /^traits\.a+… is a name of 1025/
    ],
    ['half a character', { traits: { name: '\ud83d' } }, /^traits\.name has a string with half a Unicode character/],
    [
      'a trait of 2 MB',
      { traits: { blob: 'a'.repeat(2_000_000) } },
      /^traits need 2000\d+ bytes .* at most 1000000 bytes/
    ]
  ])('with %s is rejected alone', async (_case, changed, message) => {
    const calls = kameleoon()
    const other = { ...identify, userId: 'user-2' }
    const outcomes = await runBatch([{ ...identify, ...changed }, other], { partnerAction: 'identifyEvent' })
    expect(outcomes.map(({ status }) => status)).toEqual([400, 200])
    expect(outcomes[0].errormessage).toMatch(message)
    expect(bodiesTo(calls, WRITE)).toEqual([{ 'IDENTIFY_user-2': traits }])
  })

  it('names the field whose value is too long: the user id if it is used as visitor code', async () => {
    kameleoon()
    const error = await errorFrom(() => run({ ...identify, userId: 'u'.repeat(92) }))
    expect(error.message).toMatch(/^userId has 92 characters/)
  })

  it.each(['type', 'timestamp', 'messageId'])(
    'without %s is rejected, and the error names that field',
    async (field) => {
      kameleoon()
      const error = await errorFrom(() => run(identify, { [field]: undefined }))
      expect(error.message).toBe(`The root value is missing the required field '${field}'.`)
    }
  )
})
