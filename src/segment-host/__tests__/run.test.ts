import { RetryableError } from '@segment/actions-core'
import {
  hostDestination,
  presetSubscriptions,
  runDelivery,
  type DeliveryRun,
  type Settled,
  type SourceLine,
  type SourcePlace,
  type Subscription,
  type Summary
} from '..'
import { smallDestination, type Answer } from './small-destination'

const take: Subscription = {
  name: 'Track Calls',
  partnerAction: 'take',
  subscribe: 'type = "track"',
  mapping: { id: { '@path': '$.messageId' }, data: { '@path': '$.properties' } }
}

const placeOf = (line: number): SourcePlace => ({ number: line, file: 'events', line, checksum: 0 })

function lineOf(event: object, index: number): SourceLine {
  const text = JSON.stringify(event)
  // A test event need not be complete.
  return { kind: 'event', ...placeOf(index + 1), text, bytes: Buffer.byteLength(text), event: event as never }
}

const tracks = (...ids: string[]): SourceLine[] => ids.map((messageId) => ({ type: 'track', messageId })).map(lineOf)

interface Observed {
  summary: Summary
  settled: Settled[]
  batches: string[][]
  waits: number[]
}

async function deliver(
  lines: AsyncIterable<SourceLine[]> | SourceLine[],
  answer?: Answer,
  options: Partial<DeliveryRun> = {}
): Promise<Observed> {
  const { definition, batches } = smallDestination(answer)
  const settled: Settled[] = []
  const waits: number[] = []
  const wait = (milliseconds: number): Promise<void> => {
    waits.push(milliseconds)
    return Promise.resolve()
  }
  const summary = await runDelivery(Array.isArray(lines) ? [lines] : lines, {
    destination: { name: 'Small' },
    subscriptions: [take],
    send: hostDestination(definition, { apiKey: 'key' }),
    onSettled: (one) => settled.push(one),
    ...options,
    retry: { wait, random: () => 1, ...options.retry }
  })
  return { summary, settled, batches, waits }
}

const kindsOf = ({ settled }: Observed): Record<number, string> =>
  Object.fromEntries(settled.map(({ line, outcome }) => [line, outcome.kind]))

describe('a delivery run', () => {
  it('sends matching events in the order of the source, in batches of the size asked for', async () => {
    const { summary, batches } = await deliver(tracks('a', 'b', 'c', 'd', 'e'), undefined, { batchSize: 2 })
    expect(batches).toEqual([['a', 'b'], ['c', 'd'], ['e']])
    expect(summary).toMatchObject({ received: 5, delivered: 5, filtered: 0, rejected: 0 })
  })

  it('filters events whose integrations object turns the destination off, as Segment does', async () => {
    const lines = [{ All: false }, { Small: false }, { All: false, Small: true }, { Other: false }].map(
      (integrations, index) => lineOf({ type: 'track', messageId: `m${index}`, integrations }, index)
    )
    const { summary, batches } = await deliver(lines)
    expect(batches).toEqual([['m2', 'm3']])
    expect(summary.unmatched).toEqual({
      count: 2,
      reasons: [
        { reason: `The event's integrations object turns this destination off: "All" is false`, count: 1 },
        { reason: `The event's integrations object turns this destination off: "Small" is false`, count: 1 }
      ]
    })
  })

  it('counts events that no subscription takes as filtered, and says what they were', async () => {
    const lines = [{ type: 'alias' }, { type: 'track', messageId: 'a' }, { type: 'page', event: 'x' }, {}].map(lineOf)
    const { summary, settled } = await deliver(lines)
    expect(summary.unmatched).toEqual({
      count: 3,
      reasons: [
        { reason: 'no subscription matched: type alias', count: 1 },
        { reason: 'no subscription matched: type page, event "x"', count: 1 },
        { reason: 'no subscription matched: no type', count: 1 }
      ]
    })
    expect(summary).toMatchObject({ received: 4, filtered: 3, delivered: 1 })
    expect(settled.filter(({ subscription }) => subscription === null).map(({ line }) => line)).toEqual([1, 3, 4])
  })

  it('counts lines that hold no event as rejected', async () => {
    const unreadable: SourceLine = { kind: 'unreadable', ...placeOf(2), text: 'hello', reason: 'not JSON' }
    const { summary, settled } = await deliver([...tracks('a'), unreadable])
    expect(summary).toMatchObject({ received: 2, delivered: 1, rejected: 1 })
    expect(summary.unreadable).toEqual({ count: 1, reasons: [{ reason: 'not JSON', count: 1 }] })
    expect(settled).toContainEqual({
      line: 2,
      text: 'hello',
      subscription: null,
      outcome: { kind: 'rejected', status: 400, reason: 'not JSON' }
    })
  })

  it('takes the outcome of each event from its own node', async () => {
    const answer: Answer = ({ id }) => {
      if (id === 'bad') return { status: 400, errormessage: 'revenue must be a number' }
      return id === 'old' ? { status: 200, body: { filtered: 'older than 24 hours' } } : { status: 202 }
    }
    const { summary, settled } = await deliver(tracks('a', 'bad', 'old'), answer)
    expect(settled.map(({ line, outcome }) => [line, outcome])).toEqual([
      [1, { kind: 'delivered' }],
      [2, { kind: 'rejected', status: 400, reason: 'revenue must be a number' }],
      [3, { kind: 'filtered', reason: 'older than 24 hours' }]
    ])
    expect(summary.subscriptions).toEqual([
      {
        subscription: 'Track Calls',
        action: 'take',
        received: 3,
        filtered: { count: 1, reasons: [{ reason: 'older than 24 hours', count: 1 }] },
        delivered: 1,
        rejected: { count: 1, reasons: [{ reason: 'revenue must be a number', count: 1 }] },
        notes: { count: 0, reasons: [] }
      }
    ])
  })

  it('counts what the destination says of delivered events', async () => {
    const note = 'Placeholders count as absent: userId is "null".'
    const answer: Answer = ({ id }) => ({ status: 200, body: { notes: id === 'c' ? [] : [note] } })
    const { summary, settled } = await deliver(tracks('a', 'b', 'c'), answer)
    expect(summary.subscriptions[0]).toMatchObject({
      delivered: 3,
      notes: { count: 2, reasons: [{ reason: note, count: 2 }] }
    })
    expect(settled.map(({ outcome }) => outcome)).toEqual([
      { kind: 'delivered', notes: [note] },
      { kind: 'delivered', notes: [note] },
      { kind: 'delivered' }
    ])
  })

  it('counts events that happened more than a day ago, but not those of clocks that were never set', async () => {
    const hour = 3_600_000
    const ages = [0, 23 * hour, 25 * hour, 400 * 24 * hour]
    const times = [
      ...ages.map((age) => new Date(Date.now() - age).toISOString()),
      '1970-01-01T00:00:00.000Z',
      'soon',
      null
    ]
    const { summary } = await deliver(times.map((timestamp, index) => lineOf({ type: 'track', timestamp }, index)))
    expect(summary.old).toBe(2)
  })

  it('rejects an event that lacks a required field, as actions-core does, and delivers its neighbours', async () => {
    const lines = [{ type: 'track', messageId: 'a' }, { type: 'track' }, { type: 'track', messageId: 'c' }].map(lineOf)
    const { summary, settled, batches } = await deliver(lines)
    expect(batches).toEqual([['a', 'c']])
    expect(summary).toMatchObject({ delivered: 2, rejected: 1 })
    expect(settled[0]).toMatchObject({ line: 1, outcome: { kind: 'delivered' } })
    expect(settled[1]).toMatchObject({ line: 2, outcome: { kind: 'rejected', status: 400 } })
    expect(JSON.stringify(settled[1].outcome)).toContain("'id'")
  })

  it('gives an event one outcome in every subscription it matches', async () => {
    const all = { ...take, name: 'Everything', subscribe: 'type != "nothing"' }
    const { summary } = await deliver(tracks('a', 'b'), undefined, { subscriptions: [take, all] })
    expect(summary).toMatchObject({ received: 2, delivered: 4 })
    expect(summary.subscriptions.map(({ subscription, delivered }) => [subscription, delivered])).toEqual([
      ['Track Calls', 2],
      ['Everything', 2]
    ])
  })

  it('hands every subscription an event of its own', async () => {
    const seen: unknown[] = []
    const answer: Answer = ({ data }) => {
      seen.push({ ...data })
      if (data) data.spoilt = true
      return { status: 200 }
    }
    const lines = [{ type: 'track', messageId: 'a', properties: { x: 1 } }].map(lineOf)
    await deliver(lines, answer, { subscriptions: [take, { ...take, name: 'Again' }] })
    expect(seen).toEqual([{ x: 1 }, { x: 1 }])
  })

  it('follows the batch fields of a mapping', async () => {
    const withFields = (fields: Subscription['mapping']): Partial<DeliveryRun> => ({
      subscriptions: [{ ...take, mapping: { ...take.mapping, ...fields } }]
    })
    const lines = tracks('a', 'b', 'c')
    expect((await deliver(lines, undefined, withFields({ batch_size: 2 }))).batches).toEqual([['a', 'b'], ['c']])
    expect((await deliver(lines, undefined, withFields({ batch_bytes: 70 }))).batches).toEqual([['a', 'b'], ['c']])
    expect((await deliver(lines, undefined, withFields({ enable_batching: false }))).batches).toHaveLength(3)
  })

  it('keeps at most one batch under way and one gathering, so that reading waits for the destination', async () => {
    let read = 0
    let release: () => void = () => undefined
    const opened = new Promise<void>((resolve) => (release = resolve))
    function* source(): Generator<SourceLine[]> {
      for (const line of tracks(...Array.from({ length: 100 }, (_, index) => `m${index}`))) {
        read++
        yield [line]
      }
    }
    const running = runDelivery(source(), {
      destination: { name: 'Small' },
      subscriptions: [take],
      batchSize: 10,
      send: async (events) => {
        await opened
        return events.map(() => ({ status: 200 }))
      }
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(read).toBe(20)
    release()
    expect((await running).delivered).toBe(100)
  })

  it('delivers what was read when the source breaks off, and says where it did', async () => {
    async function* source(): AsyncGenerator<SourceLine[]> {
      for (const line of tracks('a', 'b')) yield [line]
      await Promise.reject(new Error('unexpected end of file'))
    }
    const { summary } = await deliver(source())
    expect(summary).toMatchObject({
      delivered: 2,
      interrupted: { afterLine: 2, reason: 'unexpected end of file' }
    })
  })

  it('counts at most fifty different reasons, and the rest together', async () => {
    const ids = Array.from({ length: 80 }, (_, index) => `m${index}`)
    const { summary } = await deliver(tracks(...ids), ({ id }) => ({ status: 400, errormessage: `bad ${id}` }))
    const [{ rejected }] = summary.subscriptions
    expect(rejected.count).toBe(80)
    expect(rejected.reasons).toHaveLength(51)
    expect(rejected.reasons[0]).toEqual({ reason: 'other reasons', count: 30 })
  })
})

describe('sending again', () => {
  it.each([408, 423, 429, 500, 502, 503, 504])(
    'repeats an event rejected with %i, and only that one',
    async (status) => {
      const answer: Answer = ({ id }, batch) => (id === 'b' && batch === 1 ? { status } : { status: 200 })
      const observed = await deliver(tracks('a', 'b', 'c'), answer)
      expect(observed.batches).toEqual([['a', 'b', 'c'], ['b']])
      expect(observed.summary).toMatchObject({ delivered: 3, rejected: 0 })
    }
  )

  it.each([400, 401, 403, 404, 413, 501])('does not repeat an event rejected with %i', async (status) => {
    const { batches, summary } = await deliver(tracks('a'), () => ({ status, errormessage: 'no' }))
    expect(batches).toEqual([['a']])
    expect(summary.rejected).toBe(1)
  })

  it('doubles the pause each time, and rejects with the last reason in the end', async () => {
    const answer: Answer = (_payload, batch) => ({ status: 503, errormessage: `attempt ${batch}` })
    const { waits, settled } = await deliver(tracks('a'), answer, { retry: { retries: 3, firstDelayMs: 100 } })
    expect(waits).toEqual([100, 200, 400])
    expect(settled).toHaveLength(1)
    expect(settled[0].outcome).toEqual({ kind: 'rejected', status: 503, reason: 'attempt 4' })
  })

  it('spreads pauses over the upper half of their length', async () => {
    const options = { retry: { retries: 2, firstDelayMs: 100, random: () => 0 } }
    expect((await deliver(tracks('a'), () => ({ status: 500 }), options)).waits).toEqual([50, 100])
  })

  it('waits as long as the destination asks, up to five minutes', async () => {
    const asking =
      (retryAfterSeconds: number): Answer =>
      (_payload, batch) =>
        batch === 1 ? { status: 429, body: { retryAfterSeconds } } : { status: 200 }
    expect((await deliver(tracks('a'), asking(7))).waits).toEqual([7000])
    expect((await deliver(tracks('a'), asking(86_400))).waits).toEqual([300_000])
  })

  it('does not repeat at all with no retries', async () => {
    const { batches, waits } = await deliver(tracks('a'), () => ({ status: 500 }), { retry: { retries: 0 } })
    expect([batches, waits]).toEqual([[['a']], []])
  })

  it('keeps the order of batches while an earlier one is repeated', async () => {
    const answer: Answer = (_payload, batch) => (batch === 1 ? { status: 500 } : { status: 200 })
    const { batches } = await deliver(tracks('a', 'b', 'c', 'd'), answer, { batchSize: 2 })
    expect(batches).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['c', 'd']
    ])
  })

  it('reports a pause before it begins', async () => {
    const pauses: unknown[] = []
    const answer: Answer = (_payload, batch) =>
      batch === 1 ? { status: 429, errormessage: 'slow down' } : { status: 200 }
    const onPause: DeliveryRun['onPause'] = ({ subscription, ...rest }) => pauses.push([subscription.name, rest])
    await deliver(tracks('a', 'b'), answer, { onPause })
    expect(pauses).toEqual([['Track Calls', { events: 2, milliseconds: 1000, reason: '429 slow down' }]])
  })
})

describe('a batch that throws', () => {
  const breaksOn =
    (...ids: string[]): Answer =>
    ({ id }) =>
      ids.includes(id) ? new RangeError('Maximum call stack size exceeded') : { status: 200 }

  it('is halved until the events that cause it are alone', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const observed = await deliver(tracks(...ids), breaksOn('b', 'g'))
    expect(kindsOf(observed)).toEqual({
      1: 'delivered',
      2: 'rejected',
      3: 'delivered',
      4: 'delivered',
      5: 'delivered',
      6: 'delivered',
      7: 'rejected'
    })
    expect(observed.settled.find(({ line }) => line === 2)?.outcome).toEqual({
      kind: 'rejected',
      status: 400,
      reason: 'The event cannot be processed, is it nested too deeply? RangeError: Maximum call stack size exceeded'
    })
  })

  it('loses no neighbour of an event that really is too deep for the framework', async () => {
    const deep = `{"type":"track","messageId":"deep","properties":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`
    const event: SourceLine = { kind: 'event', ...placeOf(2), text: deep, bytes: deep.length, event: { type: 'track' } }
    const observed = await deliver([tracks('a')[0], event, { ...tracks('c')[0], line: 3 }])
    expect(kindsOf(observed)).toEqual({ 1: 'delivered', 2: 'rejected', 3: 'delivered' })
  })

  it('is sent again as a whole when the error says so', async () => {
    const answer: Answer = (_payload, batch) => (batch === 1 ? new RetryableError('busy', 503) : { status: 200 })
    const { batches, summary } = await deliver(tracks('a', 'b'), answer)
    expect(batches).toEqual([
      ['a', 'b'],
      ['a', 'b']
    ])
    expect(summary.delivered).toBe(2)
  })

  it('is sent again when the connection was lost', async () => {
    const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
    const { summary } = await deliver(tracks('a', 'b'), (_payload, batch) => (batch === 1 ? lost : { status: 200 }))
    expect(summary.delivered).toBe(2)
  })

  it('is not taken apart when the credentials are rejected', async () => {
    const denied = Object.assign(new Error('credentials rejected'), { status: 401 })
    const { batches, settled } = await deliver(tracks('a', 'b'), () => denied)
    expect(batches).toHaveLength(1)
    expect(settled.map(({ outcome }) => outcome)).toEqual([
      { kind: 'rejected', status: 401, reason: 'Error: credentials rejected' },
      { kind: 'rejected', status: 401, reason: 'Error: credentials rejected' }
    ])
  })
})

describe('hosting a destination', () => {
  it('creates one subscription for every automatic preset, and none for specific events', () => {
    const { definition } = smallDestination()
    expect(presetSubscriptions(definition)).toEqual([take])
  })

  it('rejects settings that lack a required field at once', () => {
    const { definition } = smallDestination()
    expect(() => hostDestination(definition, {})).toThrow("'apiKey'")
  })

  it('rejects a subscription without a valid query', async () => {
    await expect(deliver([], undefined, { subscriptions: [{ ...take, subscribe: 'nonsense' }] })).rejects.toThrow(
      'Subscription "Track Calls" has no valid query: nonsense'
    )
  })
})
