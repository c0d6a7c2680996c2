import type { SegmentEvent } from '@segment/actions-core'
import {
  ChangedSourceError,
  runDelivery,
  wantedLines,
  type Checkpoint,
  type DeliveryRun,
  type OutcomeNode,
  type SettledBatch,
  type SourceLine,
  type StoppedRun,
  type Subscription,
  type Summary
} from '..'

const subscriptions: Subscription[] = ['track', 'identify'].map((type) => ({
  name: type,
  partnerAction: type === 'track' ? 'logEvent' : 'identifyEvent',
  subscribe: `type = "${type}"`,
  mapping: {}
}))

/** Every tenth event is an identify call, every thirteenth line is no event, every seventeenth matches nothing. */
function linesOf(count: number): SourceLine[] {
  return Array.from({ length: count }, (_, index): SourceLine => {
    const number = index + 1
    const place = { number, file: 'events', line: number, checksum: number * 7 }
    if (number % 13 === 0) return { kind: 'unreadable', ...place, text: 'oops', reason: 'not JSON' }
    const type = number % 17 === 0 ? 'alias' : number % 10 === 0 ? 'identify' : 'track'
    const event = { type, userId: `u${number % 23}`, messageId: `${number}` }
    // A test event need not be complete.
    return { kind: 'event', ...place, text: JSON.stringify(event), bytes: 50, event: event as unknown as SegmentEvent }
  })
}

const portionsOf = (lines: SourceLine[], size = 10): SourceLine[][] =>
  Array.from({ length: Math.ceil(lines.length / size) }, (_, index) => lines.slice(index * size, (index + 1) * size))

/** What a checkpoint file would hold. */
class Kept {
  checkpoint: Checkpoint | undefined
  batches: SettledBatch[] = []
  private count = 0

  add(batch: SettledBatch, checkpoint: () => Checkpoint): void {
    this.batches.push(batch)
    // Now and then, as the time asks for it in a file.
    if (++this.count % 5 === 0) this.keep(checkpoint())
  }

  pass = (): void => undefined

  keep(checkpoint: Checkpoint): void {
    this.checkpoint = copyOf(checkpoint)
    this.batches = []
  }

  /** As it is read from the file of a process that was killed. */
  get run(): StoppedRun {
    if (!this.checkpoint) throw new Error('Nothing is kept')
    return copyOf({ checkpoint: this.checkpoint, batches: this.batches })
  }
}

// A file holds JSON.
const copyOf = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value

interface Part {
  summary: Summary
  kept: Kept
  sent: string[]
  largest: number
}

type Answer = (id: string, batches: number) => OutcomeNode | Promise<OutcomeNode>

async function deliver(
  lines: SourceLine[],
  options: Partial<DeliveryRun> = {},
  answer: Answer = accepted
): Promise<Part> {
  const kept = new Kept()
  const sent: string[] = []
  let [batches, underWay, largest] = [0, 0, 0]
  const summary = await runDelivery(portionsOf(lines), {
    destination: { name: 'Small' },
    subscriptions,
    batchSize: 4,
    checkpoints: kept,
    send: async (events) => {
      const batch = ++batches
      largest = Math.max(largest, ++underWay)
      sent.push(...events.map(({ messageId }) => String(messageId)))
      await Promise.resolve()
      const nodes = await Promise.all(events.map(async ({ messageId }) => await answer(String(messageId), batch)))
      underWay--
      return nodes
    },
    ...options,
    retry: { retries: 1, wait: () => Promise.resolve(), ...options.retry }
  })
  return { summary, kept, sent, largest }
}

const accepted = (): OutcomeNode => ({ status: 200 })
const rejecting = (id: string): OutcomeNode =>
  Number(id) % 7 === 0 ? { status: 400, errormessage: 'no revenue' } : { status: 200 }

/** The parts of a summary that do not depend on how often a run stopped. */
function countsOf({ summary }: Part): Partial<Summary> {
  const { received, filtered, delivered, rejected, unmatched, unreadable, subscriptions: each } = summary
  return { received, filtered, delivered, rejected, unmatched, unreadable, subscriptions: each }
}

describe('several batches at once', () => {
  it('never contain the same person twice, and keep the order of each', async () => {
    const underWay = new Set<string>()
    const last = new Map<string, number>()
    const lines = linesOf(2_000)
    const send: DeliveryRun['send'] = async (events) => {
      const persons = new Set(events.map(({ userId }) => String(userId)))
      persons.forEach((person) => expect(underWay.has(person)).toBe(false))
      persons.forEach((person) => underWay.add(person))
      for (const { userId, messageId } of events) {
        expect(Number(messageId)).toBeGreaterThan(last.get(String(userId)) ?? 0)
        last.set(String(userId), Number(messageId))
      }
      for (let turns = events.length % 3; turns >= 0; turns--) await Promise.resolve()
      persons.forEach((person) => underWay.delete(person))
      return events.map(accepted)
    }
    const { summary } = await deliver(lines, { concurrency: 5, send, subscriptions: [subscriptions[0]] })
    const tracks = lines.filter((line) => line.kind === 'event' && line.event.type === 'track')
    expect(summary.delivered).toBe(tracks.length)
  })

  it.each([undefined, 'undefined', 'anonymous'])(
    'do not wait for each other for the user id %j, which is nobody',
    async (userId) => {
      const lines = linesOf(400).map((line) =>
        line.kind === 'event' ? { ...line, event: { ...line.event, userId } } : line
      )
      const slow: Answer = () => new Promise((resolve) => setImmediate(() => resolve({ status: 200 })))
      expect((await deliver(lines, { concurrency: 3, subscriptions: [subscriptions[0]] }, slow)).largest).toBe(3)
    }
  )

  it('are as many as allowed', async () => {
    const slow: Answer = () => new Promise((resolve) => setImmediate(() => resolve({ status: 200 })))
    const tracks = { subscriptions: [subscriptions[0]] }
    expect((await deliver(linesOf(400), { concurrency: 3, ...tracks }, slow)).largest).toBe(3)
    expect((await deliver(linesOf(400), tracks, slow)).largest).toBe(1)
  })
})

describe('a run that goes on', () => {
  const lines = linesOf(500)

  it.each([1, 2, 3, 7, 20, 41])(
    'after it was killed in batch %i has the counts of one that was not',
    async (killedIn) => {
      const whole = await deliver(lines, { concurrency: 3 }, rejecting)
      const kept = new Kept()
      const never = new Promise<never>(() => undefined)
      const before: string[] = []
      const killed = new Promise<void>((resolve) => {
        void deliver(lines, { concurrency: 3, checkpoints: kept }, (id, batch) => {
          if (batch === killedIn) resolve()
          if (batch >= killedIn) return never
          before.push(id)
          return rejecting(id)
        })
      })
      await killed
      if (!kept.checkpoint) return expect(killedIn).toBeLessThan(6)
      const stopped = kept.run
      const isWanted = wantedLines(subscriptions, stopped)
      const rest = lines.map((line) => (isWanted(line.number) ? line : { ...line, kind: 'passed' as const }))
      const after = await deliver(rest, { concurrency: 3, stopped }, rejecting)
      expect(countsOf(after)).toEqual(countsOf(whole))
      expect(new Set([...before, ...after.sent])).toEqual(new Set(whole.sent))
      const twice = after.sent.filter((id) => before.includes(id))
      expect(twice.length).toBeLessThanOrEqual(3 * 4)
    }
  )

  it('sends what was undelivered, and nothing else again', async () => {
    const down: Answer = (id) => (Number(id) % 3 === 0 ? { status: 503, errormessage: 'down' } : { status: 200 })
    const first = await deliver(lines, {}, down)
    expect(first.summary.undelivered).toBeGreaterThan(100)
    expect(first.summary.stopped).toBeUndefined()
    const second = await deliver(lines, { stopped: first.kept.run })
    expect(second.sent.every((id) => Number(id) % 3 === 0)).toBe(true)
    expect(second.summary).toMatchObject({ undelivered: 0, unsettled: 0, received: 500 })
    expect(second.summary.delivered).toBe(first.summary.delivered + first.summary.undelivered)
  })

  it('is refused when the source does not begin alike, before anything is sent', async () => {
    const { kept } = await deliver(lines, { limit: 300 })
    const changed = lines.map((line) => ({ ...line, checksum: line.number < 250 ? line.checksum : line.checksum + 1 }))
    const sent: unknown[] = []
    const send: DeliveryRun['send'] = (events) => Promise.resolve(events.map((event) => sent.push(event)).map(accepted))
    const stopped = kept.run
    await expect(deliver(changed, { stopped, send })).rejects.toThrow(ChangedSourceError)
    await expect(deliver(lines.slice(0, 200), { stopped, send })).rejects.toThrow(ChangedSourceError)
    expect(sent).toEqual([])
  })
})

describe('a run stops', () => {
  it('after as many lines as asked for, which are settled, and goes on behind them', async () => {
    const first = await deliver(linesOf(100), { limit: 40 })
    expect(first.summary).toMatchObject({
      received: 40,
      unsettled: 0,
      stopped: { cause: 'limit', after: { line: 40 } }
    })
    const second = await deliver(linesOf(100), { stopped: first.kept.run })
    expect(second.summary.received).toBe(100)
    expect(first.sent.filter((id) => second.sent.includes(id))).toEqual([])
  })

  it('not at the limit when the source has no more lines', async () => {
    expect((await deliver(linesOf(40), { limit: 40 })).summary.stopped).toBeUndefined()
  })

  it('when more events are rejected than allowed', async () => {
    const { summary } = await deliver(linesOf(1_000), { mostRejected: { kind: 'count', most: 10 } }, rejecting)
    expect(summary.stopped?.cause).toBe('rejections')
    expect(summary.rejected).toBeGreaterThan(10)
    expect(summary.rejected).toBeLessThan(16)
  })

  it('when a larger share of events is rejected than allowed, but not within the first hundred', async () => {
    const share = (most: number): Partial<DeliveryRun> => ({ mostRejected: { kind: 'share', most } })
    const { summary } = await deliver(linesOf(1_000), share(0.05), rejecting)
    expect(summary.stopped?.cause).toBe('rejections')
    expect(summary.filtered + summary.delivered + summary.rejected).toBeGreaterThanOrEqual(100)
    expect((await deliver(linesOf(1_000), share(0.5), rejecting)).summary.stopped).toBeUndefined()
  })

  it('when every attempt of three batches in a row fails, and keeps all events for later', async () => {
    const down: Answer = (id) => (Number(id) > 50 ? { status: 503, errormessage: 'nobody there' } : { status: 200 })
    const { summary, sent } = await deliver(linesOf(1_000), {}, down)
    expect(summary.stopped?.cause).toBe('unreachable')
    expect(summary.stopped?.reason).toContain('503 nobody there')
    expect(summary.undelivered).toBeLessThanOrEqual(20)
    expect(sent.length).toBeLessThan(150)
  })

  it('when it is asked to: batches under way settle, and nothing else is sent', async () => {
    const interruption = new AbortController()
    const answer: Answer = (_, batch) => {
      if (batch === 5) interruption.abort()
      return { status: 200 }
    }
    const { summary, sent } = await deliver(linesOf(1_000), { concurrency: 2, signal: interruption.signal }, answer)
    expect(summary.stopped).toMatchObject({ cause: 'request' })
    expect(summary.delivered).toBe(sent.length)
    expect(sent.length).toBeLessThanOrEqual(6 * 4)
  })

  it('when a checkpoint cannot be kept', async () => {
    const failing = {
      add: () => {
        throw new Error('no space left')
      },
      pass: () => undefined,
      keep: () => undefined
    }
    const { summary } = await deliver(linesOf(1_000), { checkpoints: failing })
    expect(summary.stopped).toMatchObject({ cause: 'output', reason: 'no space left' })
  })

  it('while its source gives nothing, when it is asked to', async () => {
    const interruption = new AbortController()
    async function* source(): AsyncGenerator<SourceLine[]> {
      yield linesOf(8)
      interruption.abort()
      await new Promise(() => undefined)
    }
    const summary = await runDelivery(source(), {
      destination: { name: 'Small' },
      subscriptions,
      send: (events) => Promise.resolve(events.map(accepted)),
      signal: interruption.signal
    })
    expect(summary).toMatchObject({ received: 8, unsettled: 8, stopped: { cause: 'request', after: { line: 8 } } })
  })
})
