import fc from 'fast-check'
import type { SegmentEvent } from '@segment/actions-core'
import { identitiesOf, storedDataUse } from '../../../segment-host'
import { divide, type Piece } from '../division'
import type { DividedEvent } from '../levels'
import { OrderMemory } from '../order-memory'

const SUBSCRIPTIONS = [{ partnerAction: 'logEvent' }, { partnerAction: 'identifyEvent' }, { partnerAction: 'logEvent' }]
const PARTITIONS = 4

/** An event in a subscription, with the job it is in. */
interface Placed {
  event: DividedEvent
  subscription: number
  piece: Piece
  index: number
}

function placedIn(pieces: readonly Piece[]): Placed[] {
  return pieces.flatMap((piece) =>
    piece.events.map((event, index) => ({ event, subscription: piece.subscription, piece, index }))
  )
}

function divided(
  events: readonly SegmentEvent[],
  matching: readonly number[][] = events.map(() => [0, 1])
): DividedEvent[] {
  return events.map((event, index) => {
    const text = JSON.stringify(event)
    return { event, text, bytes: text.length, number: index + 1, from: `file:${index + 1}`, matching: matching[index] }
  })
}

const none = (): number[] => Array.from({ length: PARTITIONS }, () => 0)

/** Few ids, so that they meet; all kinds of calls that write, link, or need a link. */
const anyEvent = fc
  .record({
    kind: fc.constantFrom('track', 'identify', 'page'),
    userId: fc.option(fc.constantFrom('u1', 'u2', 'u3'), { nil: undefined }),
    anonymousId: fc.option(fc.constantFrom('a1', 'a2', 'a3', 'a4'), { nil: undefined }),
    code: fc.option(fc.constantFrom('c1', 'c2'), { nil: undefined })
  })
  .map(({ kind, userId, anonymousId, code }): SegmentEvent => {
    const data = code === undefined ? {} : { kameleoonVisitorCode: code }
    return { type: kind, event: 'E', userId, anonymousId, properties: data, traits: data } as SegmentEvent
  })

const anyMatching = fc.subarray([0, 1, 2], { minLength: 1 })
const anyEvents = fc.array(fc.tuple(anyEvent, anyMatching), { maxLength: 60 })

function piecesOf(generated: readonly [SegmentEvent, number[]][], portions = 1): Piece[] {
  const events = divided(
    generated.map(([event]) => event),
    generated.map(([, matching]) => matching)
  )
  const sequences = none()
  const memory = new OrderMemory()
  const size = Math.max(1, Math.ceil(events.length / portions))
  const all: Piece[] = []
  for (let start = 0; start < events.length; start += size) {
    all.push(...divide(events.slice(start, start + size), SUBSCRIPTIONS, sequences, memory))
  }
  return all
}

/** Whether an event has to be settled before a later one. */
function mustBeBefore(one: Placed, other: Placed): boolean {
  if (one.event.number >= other.event.number) return false
  const shared = identitiesOf(one.event.event).some((id) => identitiesOf(other.event.event).includes(id))
  const use = storedDataUse(SUBSCRIPTIONS[one.subscription], one.event.event)
  const { mayLink } = storedDataUse(SUBSCRIPTIONS[other.subscription], other.event.event)
  return shared && (use.mayWrite || (mayLink && use.needsLink))
}

/** Whether two events must not be in one job, since a job that is sent again would send the first with the link of the second. */
function mustBeApart(one: Placed, other: Placed): boolean {
  const { needsLink } = storedDataUse(SUBSCRIPTIONS[one.subscription], one.event.event)
  const { mayLink } = storedDataUse(SUBSCRIPTIONS[other.subscription], other.event.event)
  return mustBeBefore(one, other) && needsLink && mayLink
}

function isKept(one: Placed, other: Placed): boolean {
  if (one.piece === other.piece) return one.index < other.index
  if (one.piece.partition === other.piece.partition) return one.piece.sequence < other.piece.sequence
  return (other.piece.after[one.piece.partition] ?? 0) >= one.piece.sequence
}

describe('the division of events into jobs', () => {
  it('puts every event into one job of each subscription that it matches', () => {
    fc.assert(
      fc.property(anyEvents, (generated) => {
        const placed = placedIn(piecesOf(generated)).map(({ event, subscription }) => `${event.number} ${subscription}`)
        const wanted = generated.flatMap(([, matching], index) => matching.map((one) => `${index + 1} ${one}`))
        expect(placed.sort()).toEqual(wanted.sort())
      })
    )
  })

  it('counts the jobs of a partition from 1', () => {
    fc.assert(
      fc.property(anyEvents, fc.integer({ min: 1, max: 4 }), (generated, portions) => {
        const pieces = piecesOf(generated, portions)
        for (let partition = 0; partition < PARTITIONS; partition++) {
          const sequences = pieces.filter((piece) => piece.partition === partition).map(({ sequence }) => sequence)
          expect(sequences).toEqual(sequences.map((_, index) => index + 1))
        }
      })
    )
  })

  it('keeps the order of events of one identity, also between partitions and between portions', () => {
    fc.assert(
      fc.property(anyEvents, fc.integer({ min: 1, max: 4 }), (generated, portions) => {
        const placed = placedIn(piecesOf(generated, portions))
        for (const one of placed) {
          for (const other of placed) {
            if (mustBeBefore(one, other)) expect(isKept(one, other)).toBe(true)
            if (mustBeApart(one, other)) expect(one.piece).not.toBe(other.piece)
          }
        }
      }),
      { numRuns: 300 }
    )
  })

  it('never lets jobs wait for each other in a circle, whatever partition a worker takes next', () => {
    fc.assert(
      fc.property(
        anyEvents,
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.nat(PARTITIONS - 1), { minLength: 1 }),
        (generated, portions, order) => {
          const pieces = piecesOf(generated, portions)
          const done = none()
          const mayRun = ({ partition, sequence, after }: Piece): boolean =>
            sequence === done[partition] + 1 &&
            Object.entries(after).every(([other, until]) => done[Number(other)] >= until)
          for (let left = pieces.length; left > 0; left--) {
            const free = pieces.filter(mayRun)
            expect(free).not.toEqual([])
            const wish = order[left % order.length]
            const piece = free.find(({ partition }) => partition === wish) ?? free[0]
            done[piece.partition] = piece.sequence
          }
        }
      ),
      { numRuns: 200 }
    )
  })

  it('makes the same jobs from the same events', () => {
    fc.assert(
      fc.property(anyEvents, (generated) => {
        expect(piecesOf(generated)).toEqual(piecesOf(generated))
      })
    )
  })

  it('keeps events of one user together, whichever device they come from', () => {
    const events = ['d1', 'd2', 'd3'].map((anonymousId) => ({ type: 'track', event: 'E', userId: 'u', anonymousId }))
    const pieces = divide(divided(events as SegmentEvent[], [[0], [0], [0]]), SUBSCRIPTIONS, none(), new OrderMemory())
    expect(pieces).toHaveLength(1)
    expect(pieces[0].events).toHaveLength(3)
  })

  it('spreads events of nobody over all partitions', () => {
    const events = Array.from({ length: 8 }, () => ({ type: 'track', event: 'E' }))
    const pieces = divide(
      divided(
        events as SegmentEvent[],
        events.map(() => [0])
      ),
      SUBSCRIPTIONS,
      none(),
      new OrderMemory()
    )
    expect(pieces.map(({ partition, events: { length } }) => [partition, length]).sort()).toEqual([
      [0, 2],
      [1, 2],
      [2, 2],
      [3, 2]
    ])
  })

  it('waits for the highest of several events of a device, not for the last', () => {
    const events = [
      { type: 'identify', userId: 'u' },
      { type: 'track', event: 'E', userId: 'u', anonymousId: 'a' },
      { type: 'track', event: 'E', anonymousId: 'a' },
      { type: 'identify', userId: 'w', anonymousId: 'a', traits: { kameleoonVisitorCode: 'c' } }
    ]
    const matching = [[1], [2], [2], [1]]
    const pieces = divide(divided(events as SegmentEvent[], matching), SUBSCRIPTIONS, [0], new OrderMemory())
    const placeOf = (number: number): number =>
      pieces.findIndex((piece) => piece.events.some((one) => one.number === number))
    expect(placeOf(4)).toBeGreaterThan(placeOf(2))
    expect(placeOf(4)).toBeGreaterThan(placeOf(3))
  })

  it('takes at most 500 events into a job, and 250 kB', () => {
    const small = Array.from({ length: 1_100 }, () => ({ type: 'track', event: 'E', userId: 'u' }))
    const counts = (events: readonly object[]): number[] =>
      divide(
        divided(
          events as SegmentEvent[],
          events.map(() => [0])
        ),
        SUBSCRIPTIONS,
        none(),
        new OrderMemory()
      ).map((piece) => piece.events.length)
    expect(counts(small)).toEqual([500, 500, 100])
    const large = Array.from({ length: 5 }, () => ({ type: 'track', event: 'E'.repeat(100_000), userId: 'u' }))
    expect(counts(large)).toEqual([2, 2, 1])
    const huge = [{ type: 'track', event: 'E'.repeat(400_000), userId: 'u' }, ...small.slice(0, 2)]
    expect(counts(huge)).toEqual([1, 2])
  })

  it('lets the first job of a run that goes on wait for everything that was on the queue before', () => {
    const events = divided([{ type: 'track', event: 'E', userId: 'u' }], [[0]])
    const before = [3, 0, 5, 7]
    const [piece] = divide(events, SUBSCRIPTIONS, [...before], new OrderMemory(before))
    const others = Object.fromEntries(
      before.flatMap((sequence, partition) =>
        sequence > 0 && partition !== piece.partition ? [[partition, sequence]] : []
      )
    )
    expect(piece.after).toEqual(others)
  })

  it('does not wait for what is finished', () => {
    const memory = new OrderMemory([3, 3, 3, 3])
    memory.forget([3, 3, 2, 3])
    memory.add(['a'], { mayWrite: true, needsLink: false }, 1, 4)
    expect([...memory.blockersOf(['a'], { mayLink: false }, 0)]).toEqual([
      [2, 3],
      [1, 4]
    ])
    memory.forget([3, 4, 3, 3])
    expect([...memory.blockersOf(['a'], { mayLink: false }, 0)]).toEqual([])
  })
})
