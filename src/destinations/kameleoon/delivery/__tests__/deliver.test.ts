import type { ExecuteInput, RequestClient } from '@segment/actions-core'
import type { Settings } from '../../generated-types'
import type { HttpRequest } from '../../kameleoon-api/http'
import type { Payload } from '../../pageEvent/generated-types'
import { planPageEvent } from '../../pageEvent/plan'
import {
  bodiesTo,
  callsTo,
  frameworkRequest,
  kameleoon,
  operationsOf,
  sentEvents,
  SETTINGS,
  startFromEmpty
} from '../../__tests__/__helpers__/kameleoon'
import type { Answers, Call } from '../../__tests__/__helpers__/kameleoon'
import { runBatch } from '../../__tests__/__helpers__/segment'
import type { SourceEvent } from '../../__tests__/__helpers__/segment'
import { performers } from '../deliver'

const EVENTS = 'POST /visit/events'
const SIGN_UP = { 'GET /goals': { body: [{ id: 7, name: 'Sign Up', status: 'ACTIVE' }] } }

/** Track calls of these users, converting the goal "Sign Up". */
const signUps = (...users: string[]) =>
  users.map((userId) => ({ type: 'track' as const, event: 'Sign Up', userId, messageId: `message of ${userId}` }))

const logEvents = { partnerAction: 'logEvent' }

/** Sends page calls without the framework, which some of these payloads would break. Resolves to a node for each. */
async function deliverPages(request: HttpRequest, payload: Payload[]): Promise<Array<{ status: number }>> {
  const { performBatch } = performers(planPageEvent)
  // Delivery uses only these parts of the framework's client and of the input.
  const input = { settings: SETTINGS, payload } as ExecuteInput<Settings, Payload[]>
  const answer = await performBatch(request as unknown as RequestClient, input)
  return answer.getAllResponses().map((response) => response.value() as { status: number })
}

beforeEach(startFromEmpty)

describe('a batch', () => {
  it('is one request, and every event has its own outcome in order', async () => {
    const calls = kameleoon(SIGN_UP)
    const outcomes = await runBatch(signUps('one', 'two', 'three'), logEvents)
    expect(callsTo(calls, EVENTS)).toHaveLength(1)
    expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(outcomes[1]).toMatchObject({
      sent: { visitEvents: [{ eventType: 'CONVERSION', goalId: 7, visitorCode: 'two' }] },
      body: { answers: [{ operation: EVENTS, status: 204 }] }
    })
  })

  it.each<[string, object, RegExp]>([
    ['no visitor', { userId: undefined, anonymousId: 'anonymous-1' }, /^kameleoonVisitorCode is missing\./],
    ['a visitor code that is too long', { properties: { k_visitorCode: 'v'.repeat(101) } }, /has 101 characters/],
    ['a visitor code of two lines', { properties: { kameleoonVisitorCode: 'a\nb' } }, /line break/],
    ['a revenue that can be read in two ways', { properties: { revenue: '1,299' } }, /^revenue is the string "1,299"/],
    ['a timestamp that is none', { timestamp: 'yesterday' }, /[Tt]imestamp/],
    ['a revenue that is no number', { properties: { revenue: 'much' } }, /[Rr]evenue/]
  ])('with one event with %s delivers the others', async (_case, bad, message) => {
    const calls = kameleoon(SIGN_UP)
    const [one, two, three] = signUps('one', 'two', 'three')
    const outcomes = await runBatch([one, { ...two, ...bad }, three], logEvents)
    expect(outcomes.map(({ status }) => status)).toEqual([200, 400, 200])
    expect(outcomes[1].errormessage).toMatch(message)
    expect(sentEvents(calls).map(({ visitorCode }) => visitorCode)).toEqual(['one', 'three'])
  })

  it.each<[string, Answers, number, RegExp]>([
    ['400', { status: 400, body: { message: 'no' } }, 400, /^Kameleoon answered 400 to POST \/visit\/events: no$/],
    ['401', { status: 401 }, 401, /rejected a new access token for POST \/visit\/events/],
    ['403', { status: 403 }, 403, /user agents of bots/],
    ['404', { status: 404 }, 404, /answered 404/],
    ['408', { status: 408 }, 408, /answered 408/],
    [
      '413',
      { status: 413 },
      400,
      /^The event has \d+ bytes, which Kameleoon rejected as too large though its limit is above 2621440/
    ],
    ['423', { status: 423 }, 429, /answered 423/],
    ['429', { status: 429 }, 429, /answered 429/],
    ['500', { status: 500 }, 500, /answered 500/],
    ['501', { status: 501 }, 503, /answered 501/],
    ['502', { status: 502 }, 502, /answered 502/],
    ['503', { status: 503 }, 503, /answered 503/],
    ['504', { status: 504 }, 504, /answered 504/],
    ['505', { status: 505 }, 503, /answered 505/]
  ])('that Kameleoon answers with %s ends so for each event', async (_case, answer, status, message) => {
    kameleoon({ ...SIGN_UP, [EVENTS]: answer })
    const outcomes = await runBatch(signUps('one', 'two'), logEvents)
    expect(outcomes.map((outcome) => outcome.status)).toEqual([status, status])
    for (const { errormessage, sent } of outcomes) {
      expect(errormessage).toMatch(message)
      expect(sent).toMatchObject({ visitEvents: [{ goalId: 7 }] })
    }
  })

  it.each([
    ['ETIMEDOUT', 504, /did not answer POST \/visit\/events in time/],
    ['ECONNRESET', 503, /connection to Kameleoon failed during POST \/visit\/events/]
  ])('that Kameleoon never answers (%s) may be delivered another time', async (code, status, message) => {
    kameleoon(SIGN_UP)
    const broken: HttpRequest = (url, options) =>
      url.includes('/visit/events')
        ? Promise.reject(Object.assign(new Error(url), { code }))
        : frameworkRequest(url, options)
    const payload = { type: 'page', userId: 'one', timestamp: '2026-01-31T12:00:00.000Z', name: 'Sign Up' }
    const [outcome] = await deliverPages(broken, [payload])
    expect(outcome).toMatchObject({ status, errormessage: expect.stringMatching(message) as string })
  })

  it('with one event that Kameleoon rejects delivers the others, each with what was sent', async () => {
    const calls = kameleoon({ ...SIGN_UP, [EVENTS]: ({ body }) => ({ status: body.includes('"bad"') ? 400 : 204 }) })
    const outcomes = await runBatch(signUps('one', 'two', 'bad', 'four', 'five'), logEvents)
    expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 400, 200, 200])
    expect(outcomes[2].sent).toMatchObject({ visitEvents: [{ visitorCode: 'bad' }] })
    expect(callsTo(calls, EVENTS)).toHaveLength(5)
  })

  it('repeats the same nonces whenever it comes again, in whatever company', async () => {
    const calls = kameleoon(SIGN_UP)
    await runBatch(signUps('one', 'two', 'three'), logEvents)
    await runBatch(signUps('three', 'one'), logEvents)
    const nonces = sentEvents(calls).map(({ visitorCode, nonce }) => `${String(visitorCode)} ${String(nonce)}`)
    expect(nonces[3]).toBe(nonces[2])
    expect(nonces[4]).toBe(nonces[0])
    expect(new Set(nonces).size).toBe(3)
  })

  it('says for each event when to come again', async () => {
    kameleoon({ ...SIGN_UP, [EVENTS]: { status: 429, headers: { 'retry-after': '30' } } })
    const outcomes = await runBatch(signUps('one', 'two'), logEvents)
    expect(outcomes.map(({ body }) => body)).toEqual([{ retryAfterSeconds: 30 }, { retryAfterSeconds: 30 }])
  })

  it('with an API key that does not decode is rejected as a whole, with no request and no word of the key', async () => {
    const calls = kameleoon()
    const outcomes = await runBatch(signUps('one', 'two'), logEvents, { ...SETTINGS, apiKey: 'fake key!' })
    expect(outcomes.map(({ status }) => status)).toEqual([401, 401])
    expect(outcomes[0].errormessage).toBe(
      'API Key is not base64. Copy it again from Kameleoon: My profile > API credentials.'
    )
    expect(calls).toEqual([])
  })

  it('with a site code that cannot be one is rejected as a whole, with no request', async () => {
    const calls = kameleoon()
    const outcomes = await runBatch(signUps('one', 'two'), logEvents, { ...SETTINGS, sitecode: 'ABC' })
    expect(outcomes.map(({ status }) => status)).toEqual([400, 400])
    expect(outcomes[0].errormessage).toMatch(/^Sitecode must be 10 lower-case letters and digits/)
    expect(calls).toEqual([])
  })
})

describe('goals of a batch', () => {
  it('that cannot be read keep only the events that need them', async () => {
    const calls = kameleoon({ 'GET /goals': { status: 500 } })
    const page = { type: 'page' as const, userId: 'two', properties: { url: 'https://shop.example/' } }
    const outcomes = await runBatch(
      [...signUps('one').map((event) => ({ ...event, type: 'page' as const, name: 'Sign Up' })), page],
      {
        partnerAction: 'pageEvent'
      }
    )
    expect(outcomes.map(({ status }) => status)).toEqual([500, 200])
    expect(sentEvents(calls).map(({ visitorCode }) => visitorCode)).toEqual(['two'])
  })

  it('that the mapping may not create and that do not exist are filtered with a reason', async () => {
    const calls = kameleoon()
    const outcomes = await runBatch(signUps('one'), { ...logEvents, mapping: { goalMatching: 'match only' } })
    expect(outcomes).toMatchObject([
      { status: 200, body: { filtered: 'No goal is named "Sign Up", and the mapping does not create goals.' } }
    ])
    expect(operationsOf(calls)).not.toContain(EVENTS)
    expect(operationsOf(calls)).not.toContain('POST /goals')
  })

  it('are created once for all their events', async () => {
    const calls = kameleoon()
    const outcomes = await runBatch(signUps('one', 'two', 'three'), logEvents)
    expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(bodiesTo(calls, 'POST /goals')).toMatchObject([{ name: 'SegmentIO track - Sign Up' }])
    expect(sentEvents(calls).map(({ goalId }) => goalId)).toEqual([900, 900, 900])
  })

  it('that may not be read by this API key say what to do', async () => {
    kameleoon({ 'GET /goals': { status: 403 } })
    const [outcome] = await runBatch(signUps('one'), logEvents)
    expect(outcome).toMatchObject({ status: 503, errortype: 'SERVICE_UNAVAILABLE' })
    expect(outcome.errormessage).toMatch(/give it the right in Kameleoon, or choose the goal in the mapping\.$/)
  })
})

describe('an event that is too old', () => {
  it('is filtered with a reason, and its neighbour is delivered', async () => {
    const calls = kameleoon(SIGN_UP)
    const [old, fresh] = signUps('old', 'fresh')
    const outcomes = await runBatch([{ ...old, timestamp: '2020-01-01T00:00:00.000Z' }, fresh], {
      ...logEvents,
      mapping: { maxEventAgeHours: 24 }
    })
    expect(outcomes.map(({ status }) => status)).toEqual([200, 200])
    expect(outcomes[0].body).toEqual({
      filtered: 'The event is older than 24 hours, the limit set in the mapping.'
    })
    expect(sentEvents(calls).map(({ visitorCode }) => visitorCode)).toEqual(['fresh'])
  })
})

describe('linked visitors', () => {
  const linked = logEvents
  const stored: Record<string, object> = {
    LINK_one: { kameleoonVisitorCode: 'visitor-1' },
    'LINK_anonymous-2': { kameleoonVisitorCode: 'visitor-2' }
  }
  const links = {
    ...SIGN_UP,
    'GET /map/maps': ({ query }: Call) => {
      const found = (JSON.parse(query.keys) as string[]).filter((key) => key in stored)
      return { body: Object.fromEntries(found.map((key) => [key, stored[key]])) }
    }
  }
  const readKeys = (calls: Parameters<typeof callsTo>[0]) =>
    callsTo(calls, 'GET /map/maps').map(({ query }) => JSON.parse(query.keys) as string[])

  it('are looked up for all events in one request, by user id and anonymous id, else the user id holds', async () => {
    const calls = kameleoon(links)
    const [one, two, three] = signUps('one', 'two', 'three')
    const events = [one, { ...two, anonymousId: 'anonymous-2' }, three].map((event) => ({
      anonymousId: undefined,
      ...event
    }))
    await runBatch(events, linked)
    expect(readKeys(calls)).toEqual([['LINK_one', 'LINK_two', 'LINK_anonymous-2', 'LINK_three']])
    expect(sentEvents(calls).map(({ visitorCode }) => visitorCode)).toEqual(['visitor-1', 'visitor-2', 'three'])
  })

  it('are asked for 100 ids a request', async () => {
    const calls = kameleoon(SIGN_UP)
    const users = Array.from({ length: 150 }, (_, index) => `user-${index}`)
    await runBatch(
      signUps(...users).map((event) => ({ ...event, anonymousId: undefined })),
      linked
    )
    expect(readKeys(calls).map(({ length }) => length)).toEqual([100, 50])
  })

  it('are remembered, missing ones too for events that happened before the look-up', async () => {
    const calls = kameleoon(links)
    const events = signUps('one', 'three').map((event) => ({ ...event, timestamp: '2026-01-31T12:00:00.000Z' }))
    await runBatch(events, linked)
    await runBatch(events, linked)
    expect(readKeys(calls)).toHaveLength(1)
  })

  it('that were missing are looked up again for an event that happened since', async () => {
    const calls = kameleoon({
      ...SIGN_UP,
      'GET /map/maps': [{ body: {} }, { body: { LINK_one: { kameleoonVisitorCode: 'v' } } }]
    })
    const [event] = signUps('one').map((one) => ({ ...one, anonymousId: undefined }))
    await runBatch([{ ...event, timestamp: '2026-01-31T12:00:00.000Z' }], linked)
    await runBatch([{ ...event, timestamp: new Date(Date.now() + 1000).toISOString() }], linked)
    expect(readKeys(calls)).toEqual([['LINK_one'], ['LINK_one']])
    expect(sentEvents(calls).map(({ visitorCode }) => visitorCode)).toEqual(['one', 'v'])
  })

  /** The classic call that links a user, an order of that user before it and two after it. */
  const journey = [
    { event: 'Sign Up', timestamp: '2026-01-31T11:00:00.000Z', messageId: 'before' },
    {
      event: 'Kameleoon identifier',
      timestamp: '2026-01-31T12:00:00.000Z',
      messageId: 'link',
      properties: { k_visitorCode: 'visitor-1' }
    },
    { event: 'Sign Up', timestamp: '2026-01-31T13:00:00.000Z', messageId: 'after' },
    { event: 'Sign Up', timestamp: '2026-01-31T14:00:00.000Z', messageId: 'anonymous', userId: undefined }
  ].map((event): SourceEvent => ({ type: 'track', userId: 'user-1', anonymousId: 'anonymous-1', ...event }))

  it.each([1, 2, 3, 4])('made by an event count for all later ones, in batches of %d', async (size) => {
    const stored: Record<string, object> = {}
    const calls = kameleoon({
      ...SIGN_UP,
      'GET /map/maps': () => ({ body: stored }),
      'POST /map/maps': ({ body }) => {
        Object.assign(stored, JSON.parse(body))
        return { status: 204 }
      }
    })
    for (let start = 0; start < journey.length; start += size) {
      await runBatch(journey.slice(start, start + size), linked)
    }
    expect(sentEvents(calls).map(({ visitorCode }) => visitorCode)).toEqual(['user-1', 'visitor-1', 'visitor-1'])
  })

  it('made by an event count for later ones in whatever order they arrive', async () => {
    const calls = kameleoon(SIGN_UP)
    const outcomes = await runBatch([...journey].reverse(), linked)
    expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    // The first event arrives last, when the link is known, as it would be in batches of one.
    expect(sentEvents(calls).map(({ visitorCode }) => visitorCode)).toEqual(['visitor-1', 'visitor-1', 'visitor-1'])
  })

  it('made by an event with a wrong clock count for those behind it in the batch', async () => {
    const calls = kameleoon(SIGN_UP)
    const wrong = journey.map((event) =>
      event.messageId === 'link' ? { ...event, timestamp: '2099-01-01T00:00:00Z' } : event
    )
    await runBatch(wrong, linked)
    expect(sentEvents(calls).map(({ visitorCode }) => visitorCode)).toEqual(['user-1', 'visitor-1', 'visitor-1'])
  })

  it('are not looked up where the mapping says so, or where the event has a code', async () => {
    const calls = kameleoon(SIGN_UP)
    await runBatch(signUps('one'), { ...logEvents, mapping: { visitorFallback: 'user id' } })
    await runBatch([{ ...signUps('one')[0], properties: { k_visitorCode: 'visitor-1' } }], linked)
    expect(readKeys(calls)).toEqual([])
  })

  it('that cannot be looked up are tried again, rather than counted for the wrong visitor', async () => {
    const calls = kameleoon({ ...SIGN_UP, 'GET /map/maps': { status: 500 } })
    const coded = { ...signUps('two')[0], properties: { k_visitorCode: 'visitor-2' } }
    const outcomes = await runBatch([signUps('one')[0], coded], linked)
    expect(outcomes.map(({ status }) => status)).toEqual([500, 200])
    expect(sentEvents(calls).map(({ visitorCode }) => visitorCode)).toEqual(['visitor-2'])
  })

  it('of an id with half a character reject that event alone', async () => {
    const calls = kameleoon(SIGN_UP)
    const outcomes = await runBatch(signUps('half \ud83d', 'two'), linked)
    expect(outcomes.map(({ status }) => status)).toEqual([400, 200])
    expect(outcomes[0].errormessage).toMatch(/half a Unicode character/)
    expect(sentEvents(calls).map(({ visitorCode }) => visitorCode)).toEqual(['two'])
  })

  it('are found at once after this process has linked them', async () => {
    const calls = kameleoon(SIGN_UP)
    await runBatch(signUps('one'), linked)
    await runBatch(
      [{ type: 'track', event: 'Kameleoon identifier', userId: 'one', properties: { k_visitorCode: 'visitor-1' } }],
      logEvents
    )
    await runBatch(signUps('one'), linked)
    expect(sentEvents(calls).map(({ visitorCode }) => visitorCode)).toEqual(['one', 'visitor-1'])
  })
})

describe('an event that even JSON cannot carry', () => {
  const timestamp = '2026-01-31T12:00:00.000Z'
  const page = (userId: string, more: object = {}) => ({
    type: 'page',
    userId,
    timestamp,
    properties: { url: 'https://shop.example/' },
    ...more
  })

  it('is rejected alone where it contains itself', async () => {
    kameleoon()
    const cyclic: Record<string, unknown> = {}
    cyclic.self = cyclic
    const outcomes = await deliverPages(frameworkRequest, [page('one', { context: cyclic }), page('two')])
    expect(outcomes.map(({ status }) => status)).toEqual([400, 200])
  })

  it('is rejected alone where it holds a BigInt', async () => {
    kameleoon()
    const outcomes = await deliverPages(frameworkRequest, [page('one', { context: { size: BigInt(1) } }), page('two')])
    expect(outcomes.map(({ status }) => status)).toEqual([400, 200])
  })
})

describe('half a character in the context', () => {
  it.each([
    ['the user agent', { userAgent: 'Mozilla \ud83d' }],
    ['the locale', { locale: 'fr \ud83d' }],
    ['the city', { location: { city: 'Paris \udc00' } }]
  ])('of %s never reaches Kameleoon, which would store something else', async (_case, context) => {
    const calls = kameleoon(SIGN_UP)
    await runBatch([{ ...signUps('one')[0], context }], { ...logEvents, mapping: { sendDeviceData: true } })
    expect(
      callsTo(calls, EVENTS)
        .map(({ body }) => body)
        .join()
    ).not.toMatch(/\\ud[89a-f]/i)
  })
})

describe('a message without an id', () => {
  it('has nonces of its whole content: the same for the same, others for others', async () => {
    const calls = kameleoon()
    const page = (path: string) => ({
      type: 'page' as const,
      messageId: undefined,
      userId: 'one',
      timestamp: '2026-01-31T12:00:00.000Z',
      receivedAt: undefined,
      properties: { url: `https://shop.example/${path}` }
    })
    await runBatch([page('a'), page('b')], { partnerAction: 'pageEvent' })
    await runBatch([page('b')], { partnerAction: 'pageEvent' })
    const [first, second, again] = sentEvents(calls).map(({ nonce }) => nonce)
    expect(second).not.toBe(first)
    expect(again).toBe(second)
  })
})
