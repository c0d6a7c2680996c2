import type { SegmentEvent } from '@segment/actions-core'
import {
  runDelivery,
  type DeliveryRun,
  type OutcomeNode,
  type SendBatch,
  type SourceLine,
  type Subscription,
  type Summary
} from '..'

const subscriptionFor = (type: string, partnerAction = 'logEvent'): Subscription => ({
  name: type,
  partnerAction,
  subscribe: `type = "${type}"`,
  mapping: {}
})
const subscriptions = ['track', 'page', 'identify', 'group'].map((type) => subscriptionFor(type))

interface Written {
  type: string
  userId?: string | number
  anonymousId?: string | number
  event?: string
  context?: unknown
  traits?: object
  properties?: object
}

function linesOf(events: Written[]): SourceLine[] {
  return events.map((event, index) => {
    const text = JSON.stringify({ ...event, messageId: `${index + 1}` })
    // A test event need not be complete.
    const place = { number: index + 1, file: 'events', line: index + 1, checksum: index }
    return { kind: 'event', ...place, text, bytes: text.length, event: JSON.parse(text) as SegmentEvent }
  })
}

/** What happened, in order: `sent track 3 4`, `settled 3`. */
interface Observed {
  log: string[]
  batches: { name: string; lines: number[] }[]
  summary: Summary
}

const numberOf = ({ messageId }: SegmentEvent): number => Number(messageId)

async function deliver(
  events: Written[],
  answer: (line: number, attempt: number) => OutcomeNode | Promise<OutcomeNode> = () => ({ status: 200 }),
  options: Partial<DeliveryRun> = {}
): Promise<Observed> {
  const log: string[] = []
  const batches: Observed['batches'] = []
  const attempts = new Map<number, number>()
  const send: SendBatch = async (batch, { name }) => {
    const lines = batch.map(numberOf)
    batches.push({ name, lines })
    log.push(`sent ${name} ${lines.join(' ')}`)
    const nodes: OutcomeNode[] = []
    for (const line of lines) {
      attempts.set(line, (attempts.get(line) ?? 0) + 1)
      nodes.push(await answer(line, attempts.get(line) ?? 1))
    }
    return nodes
  }
  const summary = await runDelivery([linesOf(events)], {
    destination: { name: 'Small' },
    subscriptions,
    send,
    onSettled: ({ line }) => log.push(`settled ${line}`),
    ...options,
    retry: { wait: () => Promise.resolve(), random: () => 1, ...options.retry }
  })
  return { log, batches, summary }
}

const identify = (userId: string): Written => ({ type: 'identify', userId })
const track = (userId: string, event = 'Order Completed'): Written => ({ type: 'track', userId, event })

describe('an event whose user has written stored data before', () => {
  it.each([1, 2, 1000])('leaves after that is settled, with batches of %i', async (batchSize) => {
    const events = [identify('u1'), track('u1'), track('u1')]
    const { log } = await deliver(events, undefined, { batchSize })
    const sent = log.findIndex((entry) => entry.startsWith('sent track'))
    expect(log.indexOf('settled 1')).toBeGreaterThanOrEqual(0)
    expect(log.indexOf('settled 1')).toBeLessThan(sent)
  })

  it.each<[string, Written, Written]>([
    ['an anonymous id', { type: 'identify', userId: 'u1', anonymousId: 'a1' }, { type: 'track', anonymousId: 'a1' }],
    ['an id with spaces', identify(' u1'), track('u1 ')],
    ['an id that is a number', { type: 'identify', userId: 7 }, track('7')],
    ['an id in the place of the other', { type: 'group', anonymousId: 'x' }, track('x')]
  ])('is recognised by %s', async (_what, writer, reader) => {
    const { log } = await deliver([writer, reader])
    expect(log).toEqual([`sent ${writer.type} 1`, 'settled 1', 'sent track 2', 'settled 2'])
  })

  it.each<[string, Written]>([
    ['the identifier call', track('u1', 'Kameleoon identifier ')],
    ['an audience', track('u1', 'Audience Exited')],
    ['what Segment computed', { ...track('u1', 'Anything'), context: { personas: { computation_key: 'vip' } } }]
  ])('waits for a track call with %s', async (_what, writer) => {
    const { log } = await deliver([writer, { type: 'page', userId: 'u1' }])
    expect(log).toEqual(['sent track 1', 'settled 1', 'sent page 2', 'settled 2'])
  })

  it('waits for any event of an action that stores data', async () => {
    const storing = subscriptionFor('track', 'identifyEvent')
    const { log } = await deliver([track('u1', 'Signed Up'), { type: 'page', userId: 'u1' }], undefined, {
      subscriptions: [subscriptionFor('page'), storing]
    })
    expect(log).toEqual(['sent track 1', 'settled 1', 'sent page 2', 'settled 2'])
  })

  it('waits through the repetitions of that one, while others go on', async () => {
    let release: () => void = () => undefined
    const released = new Promise<void>((resolve) => (release = resolve))
    const events = [identify('u1'), track('u1'), track('u2'), track('u3'), track('u1'), track('u4')]
    const { batches } = await deliver(
      events,
      (line, attempt) => {
        if (line === 6) release()
        return line === 1 && attempt === 1 ? { status: 429 } : { status: 200 }
      },
      { batchSize: 3, retry: { wait: () => released } }
    )
    expect(batches).toEqual([
      { name: 'identify', lines: [1] },
      { name: 'track', lines: [3, 4] },
      { name: 'track', lines: [6] },
      { name: 'identify', lines: [1] },
      { name: 'track', lines: [2, 5] }
    ])
  })
})

describe('an event that makes a link', () => {
  const coded = { type: 'identify', userId: 'u1', traits: { kameleoonVisitorCode: 'code-1' } }

  it('leaves after earlier events of the user that have no visitor code', async () => {
    const { log } = await deliver([track('u1'), coded, track('u1')])
    expect(log).toEqual(['sent track 1', 'settled 1', 'sent identify 2', 'settled 2', 'sent track 3', 'settled 3'])
  })

  it('does not wait for events that carry their code, nor for those of others', async () => {
    const own = { ...track('u1'), properties: { kameleoonVisitorCode: 'code-1' } }
    const { log } = await deliver([own, track('u2'), coded])
    expect(log.indexOf('sent identify 3')).toBeLessThan(log.indexOf('settled 1'))
  })
})

describe('what does not wait', () => {
  it('is anything after an ordinary track call', async () => {
    const { log } = await deliver([track('u1'), { type: 'page', userId: 'u1' }])
    expect(log.slice(0, 2)).toEqual(['sent track 1', 'sent page 2'])
  })

  it('is an event of another user, or of none', async () => {
    const { log } = await deliver([identify('u1'), track('u2'), { type: 'page' }])
    expect(log.slice(0, 3).sort()).toEqual(['sent identify 1', 'sent page 3', 'sent track 2'])
  })
})

it('keeps batches full in a file where every user is identified among the orders of others', async () => {
  const events = Array.from({ length: 10_000 }, (_, index) => {
    const user = `u${Math.floor(index / 10)}`
    return index % 10 === 0 ? identify(user) : track(user)
  })
  const { batches } = await deliver(events)
  const sizes = batches.filter(({ name }) => name === 'track').map(({ lines }) => lines.length)
  expect(sizes).toEqual(Array.from({ length: 9 }, () => 1000))
})

it('stops a run when a result cannot be written, though other queues wait for its events', async () => {
  const events = [identify('u1'), track('u1'), track('u1')]
  const onSettled = (): never => {
    throw new Error('disk full')
  }
  const { batches, summary } = await deliver(events, undefined, { batchSize: 1, onSettled })
  expect(batches).toEqual([{ name: 'identify', lines: [1] }])
  expect(summary).toMatchObject({ delivered: 0, stopped: { cause: 'output', reason: 'disk full' } })
})

interface Random {
  /** From 0 up to 1. */
  next: () => number
  /** From 0 to the number, both included. */
  upTo: (most: number) => number
  pick: <Item>(items: Item[]) => Item
}

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): Random {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const upTo = (most: number): number => Math.floor(next() * (most + 1))
  return { next, upTo, pick: (items) => items[upTo(items.length - 1)] }
}

/** A number of turns of the event loop, so that batches overlap in many ways without waiting for time to pass. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}

function anyEvent(random: Random): Written {
  const ids = ['u1', 'u2', ' u2', 'a1', 'a2', 3]
  const id = (): string | number | undefined => (random.next() < 0.7 ? random.pick(ids) : undefined)
  const type = random.pick(['track', 'track', 'page', 'identify', 'group'])
  const event = random.pick(['Order Completed', 'Kameleoon identifier', 'Audience Entered'])
  return { type, userId: id(), anonymousId: id(), ...(type === 'track' && { event }) }
}

const writes = ({ type, event }: Written): boolean =>
  type === 'identify' || type === 'group' || (event ?? 'Order Completed') !== 'Order Completed'

const idsOf = ({ userId, anonymousId }: Written): string[] =>
  [userId, anonymousId].filter((id) => id !== undefined).map((id) => String(id).trim())

it.each(Array.from({ length: 60 }, (_, seed) => seed))(
  'holds for any events, batches and faults, seed %i',
  async (seed) => {
    const random = randomFrom(seed)
    const events = Array.from({ length: 80 }, () => anyEvent(random))
    const { log } = await deliver(
      events,
      async () => {
        await turns(random.upTo(2))
        return { status: random.next() < 0.1 ? 503 : 200 }
      },
      { batchSize: 1 + random.upTo(11), retry: { retries: 3, wait: () => turns(random.upTo(20)) } }
    )
    const settled = new Set<number>()
    for (const entry of log) {
      const [what, ...rest] = entry.split(' ')
      const lines = rest.map(Number).filter((line) => line > 0)
      if (what === 'settled') {
        settled.add(lines[0])
        continue
      }
      for (const line of lines) {
        const earlier = events.slice(0, line - 1).flatMap((event, index) => (writes(event) ? [index + 1] : []))
        const ids = idsOf(events[line - 1])
        const related = earlier.filter((one) => idsOf(events[one - 1]).some((id) => ids.includes(id)))
        expect(related.filter((one) => !settled.has(one) && !lines.includes(one))).toEqual([])
      }
    }
    expect(settled.size).toBe(events.length)
  }
)
