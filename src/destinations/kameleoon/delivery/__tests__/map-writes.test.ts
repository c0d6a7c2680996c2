import {
  bodiesTo,
  callsTo,
  kameleoon,
  operationsOf,
  startFromEmpty,
  testClient
} from '../../__tests__/__helpers__/kameleoon'
import type { Call } from '../../__tests__/__helpers__/kameleoon'
import type { MapWrite } from '../../plan/plan'
import type { Stops } from '../halving'
import { deliverMaps } from '../map-writes'
import { Message } from '../outcome'
import type { Visitor } from '../../visitor'
import { planOf } from '../../plan/plan'

const stops = (): Stops => ({ reading: {}, writing: {}, requests: 0 })
const READ = 'GET /map/maps'
const WRITE = 'POST /map/maps'
const LIMIT = 1_000_000

function write(key: string, fields: Record<string, unknown>, options: Partial<MapWrite> = {}): MapWrite {
  return { key, fields, ttlHours: 2208, keepsExisting: true, ...options }
}

function message(time: number, ...mapWrites: MapWrite[]): Message {
  const visitor: Visitor = { kind: 'visitor', visitorCode: 'v', identifiedBy: 'visitor code', ids: {}, notes: [] }
  return new Message(`m-${time}`, visitor, undefined, time, planOf({ mapWrites }))
}

/** The status of each message's failure, `undefined` for one that has none. */
const failuresOf = (messages: Message[]) => messages.map(({ failure }) => failure?.status)
const sizesOf = (calls: Call[]) => callsTo(calls, WRITE).map(({ body }) => Buffer.byteLength(body))

/** A Kameleoon that stores what is written, as its pages describe in either way. */
function storing(mode: 'merge' | 'replace', stored: Record<string, Record<string, unknown>> = {}) {
  const calls = kameleoon({
    [READ]: ({ query }) => {
      const keys = JSON.parse(query.keys) as string[]
      return { body: Object.fromEntries(keys.filter((key) => stored[key]).map((key) => [key, stored[key]])) }
    },
    [WRITE]: ({ body }) => {
      for (const [key, fields] of Object.entries(JSON.parse(body) as Record<string, object>)) {
        stored[key] = mode === 'merge' ? merged(stored[key], fields) : { ...fields }
      }
      return { status: 202 }
    }
  })
  return { calls, stored }
}

/** As an older page of Kameleoon describes a write: fields that are null are removed. */
function merged(stored: object | undefined, fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...stored, ...fields }).filter(([, value]) => value !== null))
}

beforeEach(startFromEmpty)

describe.each(['merge', 'replace'] as const)('where Kameleoon writes by %s', (mode) => {
  it('a write keeps the fields that are stored', async () => {
    const { stored } = storing(mode, { IDENTIFY_a: { plan: 'free', city: 'Paris' } })
    await deliverMaps(testClient(), [message(1, write('IDENTIFY_a', { plan: 'pro' }))], stops())
    expect(stored).toEqual({ IDENTIFY_a: { plan: 'pro', city: 'Paris' } })
  })

  it('a removed field is gone, also for readers that loop over the names of fields', async () => {
    const { stored } = storing(mode, { COHORTS_a: { one: true, two: true } })
    await deliverMaps(testClient(), [message(1, write('COHORTS_a', { one: null }))], stops())
    expect(stored).toEqual({ COHORTS_a: { two: true } })
  })

  it('the last removed field leaves nothing', async () => {
    const { stored } = storing(mode, { COHORTS_a: { one: true } })
    await deliverMaps(testClient(), [message(1, write('COHORTS_a', { one: null }))], stops())
    expect(stored).toEqual({ COHORTS_a: {} })
  })

  it.each([
    ['one batch', [[{ vip: true }, { cart: true }, { vip: null }]]],
    ['batches of one', [[{ vip: true }], [{ cart: true }], [{ vip: null }]]]
  ])('entered, entered another and left leaves the other, in %s', async (_case, batches) => {
    const { stored } = storing(mode)
    const client = testClient()
    let time = 0
    for (const batch of batches) {
      const messages = batch.map((fields) => message(time++, write('COHORTS_a', fields)))
      await deliverMaps(client, messages, stops())
    }
    expect(stored).toEqual({ COHORTS_a: { cart: true } })
  })

  it('traits of one group add up, and another group takes its place', async () => {
    const { stored } = storing(mode, { IDENTIFY_a: { plan: 'pro' } })
    const group = (groupId: string, traits: object) =>
      write('IDENTIFY_a', { groupId, group: traits }, { addsToGroup: true })
    const client = testClient()
    await deliverMaps(client, [message(1, group('acme', { name: 'Acme', seats: 4 }))], stops())
    await deliverMaps(client, [message(2, group('acme', {}))], stops())
    await deliverMaps(client, [message(3, group('acme', { seats: 5, name: null }))], stops())
    expect(stored).toEqual({ IDENTIFY_a: { plan: 'pro', groupId: 'acme', group: { seats: 5 } } })
    await deliverMaps(client, [message(4, group('other', { name: 'Other' }))], stops())
    expect(stored).toEqual({ IDENTIFY_a: { plan: 'pro', groupId: 'other', group: { name: 'Other' } } })
  })

  it('two batches at the same time never undo each other', async () => {
    const { stored } = storing(mode)
    const client = testClient()
    await Promise.all(
      ['a', 'b', 'c', 'd'].map((field, time) =>
        deliverMaps(client, [message(time, write('IDENTIFY_a', { [field]: time }))], stops())
      )
    )
    expect(stored).toEqual({ IDENTIFY_a: { a: 0, b: 1, c: 2, d: 3 } })
  })
})

describe('writes of a batch', () => {
  it('to one key become one, in the order in which the events happened', async () => {
    const calls = kameleoon()
    const messages = [
      message(3, write('IDENTIFY_a', { plan: 'third' })),
      message(1, write('IDENTIFY_a', { plan: 'first', first: true })),
      message(2, write('IDENTIFY_a', { plan: 'second', second: true }))
    ]
    await deliverMaps(testClient(), messages, stops())
    expect(bodiesTo(calls, WRITE)).toEqual([{ IDENTIFY_a: { plan: 'third', first: true, second: true } }])
    expect(messages.map(({ sentMaps }) => sentMaps)).toEqual([
      { IDENTIFY_a: { plan: 'third' } },
      { IDENTIFY_a: { plan: 'first', first: true } },
      { IDENTIFY_a: { plan: 'second', second: true } }
    ])
    expect(failuresOf(messages)).toEqual([undefined, undefined, undefined])
  })

  it('of the same moment keep their order in the batch', async () => {
    const calls = kameleoon()
    await deliverMaps(
      testClient(),
      [1, 2, 3].map((plan) => message(5, write('IDENTIFY_a', { plan }))),
      stops()
    )
    expect(bodiesTo(calls, WRITE)).toEqual([{ IDENTIFY_a: { plan: 3 } }])
  })

  it('to many visitors are one reading and one writing', async () => {
    const calls = kameleoon()
    const messages = Array.from({ length: 100 }, (_, index) => message(index, write(`IDENTIFY_${index}`, { index })))
    await deliverMaps(testClient(), messages, stops())
    expect(operationsOf(calls)).toEqual(['POST /oauth/token', READ, WRITE])
    expect(Object.keys(bodiesTo<object>(calls, WRITE)[0])).toHaveLength(100)
  })

  it('read 100 keys a request', async () => {
    const calls = kameleoon()
    const messages = Array.from({ length: 101 }, (_, index) => message(index, write(`IDENTIFY_${index}`, { index })))
    await deliverMaps(testClient(), messages, stops())
    expect(callsTo(calls, READ).map(({ query }) => (JSON.parse(query.keys) as string[]).length)).toEqual([100, 1])
  })

  it('that replace read nothing', async () => {
    const calls = kameleoon()
    await deliverMaps(
      testClient(),
      [message(1, write('IDENTIFY_a', { plan: 'pro' }, { keepsExisting: false }))],
      stops()
    )
    expect(operationsOf(calls)).toEqual(['POST /oauth/token', WRITE])
    expect(bodiesTo(calls, WRITE)).toEqual([{ IDENTIFY_a: { plan: 'pro' } }])
  })

  it('with different times to live are requests of their own', async () => {
    const calls = kameleoon()
    const messages = [1, 2208, 2208].map((ttlHours, time) =>
      message(time, write(`IDENTIFY_${time}`, { time }, { ttlHours }))
    )
    await deliverMaps(testClient(), messages, stops())
    expect(callsTo(calls, WRITE).map(({ query }) => query.ttlHours)).toEqual(['1', '2208'])
  })

  it('are no request where there are none', async () => {
    const calls = kameleoon()
    await deliverMaps(testClient(), [message(1)], stops())
    expect(calls).toEqual([])
  })
})

describe('the size of a writing', () => {
  const FRAME = Buffer.byteLength(JSON.stringify({ IDENTIFY_a: { t: '' } }))

  it.each(['a', 'é', '한', '🛒'])('goes to the last of 1,000,000 bytes of UTF-8 with the letter %s', async (letter) => {
    const calls = kameleoon()
    const room = LIMIT - FRAME
    const size = Buffer.byteLength(letter)
    const text = letter.repeat(Math.floor(room / size)) + 'a'.repeat(room % size)
    const messages = [message(1, write('IDENTIFY_a', { t: text }))]
    await deliverMaps(testClient(), messages, stops())
    expect(sizesOf(calls)).toEqual([LIMIT])
    expect(failuresOf(messages)).toEqual([undefined])
  })

  it('never goes further: larger batches are divided, whatever letters they hold', async () => {
    const calls = kameleoon()
    const messages = Array.from({ length: 20 }, (_, index) =>
      message(index, write(`IDENTIFY_${index}`, { t: '한'.repeat(50_000) }))
    )
    await deliverMaps(testClient(), messages, stops())
    expect(Math.max(...sizesOf(calls))).toBeLessThanOrEqual(LIMIT)
    expect(callsTo(calls, WRITE)).toHaveLength(4)
    expect(failuresOf(messages).filter(Boolean)).toEqual([])
    const written = Object.keys(Object.assign({}, ...bodiesTo<object>(calls, WRITE)) as object)
    expect(written).toHaveLength(20)
  })

  it('counts what is stored already', async () => {
    const stored = Object.fromEntries(
      Array.from({ length: 4 }, (_, index) => [`IDENTIFY_${index}`, { old: 'é'.repeat(200_000) }])
    )
    const calls = kameleoon({ [READ]: { body: stored } })
    const messages = Array.from({ length: 4 }, (_, index) => message(index, write(`IDENTIFY_${index}`, { index })))
    await deliverMaps(testClient(), messages, stops())
    expect(callsTo(calls, WRITE)).toHaveLength(2)
    expect(Math.max(...sizesOf(calls))).toBeLessThanOrEqual(LIMIT)
    expect(failuresOf(messages).filter(Boolean)).toEqual([])
  })

  it('of one event that is too large is rejected with both sizes, unsent; the rest is delivered', async () => {
    const calls = kameleoon()
    const messages = [
      message(1, write('IDENTIFY_a', { plan: 'pro' })),
      message(2, write('IDENTIFY_b', { t: 'é'.repeat(500_000) })),
      message(3, write('IDENTIFY_c', { plan: 'pro' }))
    ]
    await deliverMaps(testClient(), messages, stops())
    expect(failuresOf(messages)).toEqual([undefined, 400, undefined])
    expect(messages[1].failure?.message).toBe(
      'traits need 1000023 bytes together with what is stored under IDENTIFY_ (the largest is t); at most 1000000 bytes of stored data fit into one request to Kameleoon.'
    )
    expect(bodiesTo<object>(calls, WRITE).map((body) => Object.keys(body))).toEqual([['IDENTIFY_a'], ['IDENTIFY_c']])
  })

  it('that outgrows the limit only with an earlier event of the same visitor rejects the later one alone', async () => {
    const calls = kameleoon()
    const messages = [
      message(1, write('IDENTIFY_a', { one: 'a'.repeat(600_000) })),
      message(2, write('IDENTIFY_a', { two: 'b'.repeat(600_000) })),
      message(3, write('IDENTIFY_a', { three: 'c' }))
    ]
    await deliverMaps(testClient(), messages, stops())
    expect(failuresOf(messages)).toEqual([undefined, 400, undefined])
    const last = bodiesTo<{ IDENTIFY_a: object }>(calls, WRITE).pop()
    expect(Object.keys(last?.IDENTIFY_a ?? {})).toEqual(['one', 'three'])
  })
})

describe('a writing that fails', () => {
  it('with 400 is halved until the rejected event is alone', async () => {
    const calls = kameleoon({ [WRITE]: ({ body }) => ({ status: body.includes('bad') ? 400 : 204 }) })
    const messages = ['a', 'b', 'bad', 'd'].map((plan, time) => message(time, write(`IDENTIFY_${time}`, { plan })))
    await deliverMaps(testClient(), messages, stops())
    expect(failuresOf(messages)).toEqual([undefined, undefined, 400, undefined])
    expect(callsTo(calls, WRITE)).toHaveLength(5)
  })

  it('with 400 for one of two events of the same visitor stores the other one', async () => {
    const stored = {}
    const calls = kameleoon({
      [WRITE]: ({ body }) => {
        if (body.includes('bad')) return { status: 400 }
        Object.assign(stored, JSON.parse(body))
        return { status: 204 }
      }
    })
    const messages = [
      message(1, write('IDENTIFY_a', { plan: 'bad' })),
      message(2, write('IDENTIFY_a', { city: 'Paris' }))
    ]
    await deliverMaps(testClient(), messages, stops())
    expect(failuresOf(messages)).toEqual([400, undefined])
    expect(stored).toEqual({ IDENTIFY_a: { city: 'Paris' } })
    expect(callsTo(calls, WRITE)).toHaveLength(3)
  })

  it.each([
    [429, 429],
    [500, 500],
    [503, 503]
  ])('with %d may succeed another time', async (answered, status) => {
    kameleoon({ [WRITE]: { status: answered, headers: { 'retry-after': '30' } } })
    const messages = [message(1, write('IDENTIFY_a', { plan: 'pro' }))]
    await deliverMaps(testClient(), messages, stops())
    expect(messages[0].failure).toMatchObject({ status, isRetryable: true, retryAfterSeconds: 30 })
    expect(messages[0].sentMaps).toBeUndefined()
  })
})

describe('a reading that fails', () => {
  it('leaves the map as it is: writing without it could lose what is stored', async () => {
    const calls = kameleoon({ [READ]: { status: 500 } })
    const messages = [message(1, write('IDENTIFY_a', { plan: 'pro' }))]
    await deliverMaps(testClient(), messages, stops())
    expect(callsTo(calls, WRITE)).toEqual([])
    expect(messages[0].failure).toMatchObject({ status: 500, isRetryable: true })
  })

  it('for one part of the keys rejects only the events that need it', async () => {
    const calls = kameleoon({
      [READ]: ({ query }) => (query.keys.includes('"IDENTIFY_0"') ? { status: 500 } : { body: {} })
    })
    const messages = Array.from({ length: 101 }, (_, index) => message(index, write(`IDENTIFY_${index}`, { index })))
    await deliverMaps(testClient(), messages, stops())
    expect(failuresOf(messages)).toEqual([...Array.from({ length: 100 }, () => 500), undefined])
    expect(bodiesTo(calls, WRITE)).toEqual([{ IDENTIFY_100: { index: 100 } }])
  })

  it('with 429 stops all that follows', async () => {
    const calls = kameleoon({ [READ]: { status: 429 } })
    const messages = Array.from({ length: 101 }, (_, index) => message(index, write(`IDENTIFY_${index}`, { index })))
    await deliverMaps(testClient(), messages, stops())
    expect(operationsOf(calls)).toEqual(['POST /oauth/token', READ])
    expect([...new Set(failuresOf(messages))]).toEqual([429])
  })
})
