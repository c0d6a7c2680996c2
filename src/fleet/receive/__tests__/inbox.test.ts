import type { SegmentEvent } from '@segment/actions-core'
import { FullError } from '../event-sink'
import { Inbox } from '../inbox'

/** Nobody gives up. */
const never = () => new AbortController().signal
const ROOM = { isFull: false, added: () => undefined }

function eventOf(messageId: string, padding = ''): SegmentEvent {
  return { type: 'track', event: 'x', userId: 'u', messageId, properties: { padding } }
}

function eventsOf(from: number, to: number, padding?: string): SegmentEvent[] {
  return Array.from({ length: to - from + 1 }, (_, index) => eventOf(`m-${from + index}`, padding))
}

/** A queue whose jobs stay under way until the test ends them. */
function slowQueue() {
  const jobs: { ids: string[]; resolve: () => void; reject: (error: Error) => void }[] = []
  let onJob: () => void = () => undefined
  const add = ({ events }: { events: string }): Promise<void> =>
    new Promise((resolve, reject) => {
      // It was written from events.
      const ids = (JSON.parse(events) as SegmentEvent[]).map(({ messageId }) => String(messageId))
      jobs.push({ ids, resolve, reject })
      onJob()
    })
  /** Resolves to the job with this number, from 0, when it is there. */
  const job = (number: number) =>
    new Promise<(typeof jobs)[number]>((resolve) => {
      onJob = () => void (jobs.length > number && resolve(jobs[number]))
      onJob()
    })
  return { queue: { add }, jobs, job }
}

describe('Inbox', () => {
  it('puts the events of several requests into one job, in their order', async () => {
    const { queue, job } = slowQueue()
    const inbox = new Inbox(queue, ROOM)
    const added = [eventsOf(1, 2), eventsOf(3, 3), eventsOf(4, 5)].map((events) => inbox.add(events, never()))
    const { ids, resolve } = await job(0)
    expect(ids).toEqual(['m-1', 'm-2', 'm-3', 'm-4', 'm-5'])
    resolve()
    await Promise.all(added)
  })

  it('adds a job at once when it has all events that a job may have', async () => {
    const { queue, job, jobs } = slowQueue()
    const inbox = new Inbox(queue, ROOM, { events: 3, bytes: 1e6, milliseconds: 1e6 })
    const [first, second] = [inbox.add(eventsOf(1, 2), never()), inbox.add(eventsOf(3, 6), never())]
    ;(await job(0)).resolve()
    await first
    expect((await job(1)).ids).toEqual(['m-4', 'm-5', 'm-6'])
    jobs[1].resolve()
    await second
    expect(jobs.map(({ ids }) => ids)).toEqual([
      ['m-1', 'm-2', 'm-3'],
      ['m-4', 'm-5', 'm-6']
    ])
  })

  it('divides what has more bytes than a job may have', async () => {
    const { queue, job, jobs } = slowQueue()
    const inbox = new Inbox(queue, ROOM, { events: 500, bytes: 2_500, milliseconds: 1 })
    const added = inbox.add(eventsOf(1, 5, 'x'.repeat(1_000)), never())
    for (const number of [0, 1, 2]) (await job(number)).resolve()
    await added
    expect(jobs.map(({ ids }) => ids.length)).toEqual([2, 2, 1])
  })

  it('adds one job after the other, so that none overtakes', async () => {
    const { queue, job, jobs } = slowQueue()
    const inbox = new Inbox(queue, ROOM, { events: 1, bytes: 1e6, milliseconds: 1 })
    const added = [inbox.add(eventsOf(1, 1), never()), inbox.add(eventsOf(2, 2), never())]
    const first = await job(0)
    await new Promise(setImmediate)
    expect(jobs).toHaveLength(1)
    first.resolve()
    ;(await job(1)).resolve()
    await Promise.all(added)
  })

  it('resolves only when all jobs of a request are added, and fails those with events in a failed job', async () => {
    const { queue, job, jobs } = slowQueue()
    const inbox = new Inbox(queue, ROOM, { events: 2, bytes: 1e6, milliseconds: 1 })
    const added = Promise.allSettled([
      inbox.add(eventsOf(1, 1), never()),
      inbox.add(eventsOf(2, 5), never()),
      inbox.add(eventsOf(6, 6), never())
    ])
    ;(await job(0)).resolve()
    ;(await job(1)).reject(new Error('connection lost'))
    // The last event of the failed request is not added any more.
    expect((await job(2)).ids).toEqual(['m-6'])
    jobs[2].resolve()
    expect((await added).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('forgets events that nobody waits for any more', async () => {
    const { queue, job } = slowQueue()
    const inbox = new Inbox(queue, ROOM, { events: 1, bytes: 1e6, milliseconds: 1 })
    const given = new AbortController()
    const [first, second, third] = [never(), given.signal, never()].map((signal, index) =>
      inbox.add(eventsOf(index, index), signal)
    )
    const { resolve } = await job(0)
    given.abort(new Error('too late'))
    await expect(second).rejects.toThrow('too late')
    resolve()
    await first
    const last = await job(1)
    expect(last.ids).toEqual(['m-2'])
    last.resolve()
    await third
  })

  it('has no room when the queue is full, or too much waits in the process', async () => {
    const { queue, job } = slowQueue()
    await expect(new Inbox(queue, { ...ROOM, isFull: true }).add(eventsOf(1, 1), never())).rejects.toThrow(FullError)
    const inbox = new Inbox(queue, ROOM, { events: 1, bytes: 1e6, milliseconds: 1 }, 50)
    const added = [inbox.add(eventsOf(1, 1), never())]
    const { resolve } = await job(0)
    added.push(inbox.add(eventsOf(2, 2), never()))
    await expect(inbox.add(eventsOf(3, 3), never())).rejects.toThrow(FullError)
    resolve()
    ;(await job(1)).resolve()
    await Promise.all(added)
  })

  it('tells the size of jobs', async () => {
    const sizes: number[] = []
    const { queue, job } = slowQueue()
    const inbox = new Inbox(queue, { isFull: false, added: (bytes) => void sizes.push(bytes) })
    const added = inbox.add([eventOf('é')], never())
    ;(await job(0)).resolve()
    await added
    expect(sizes).toEqual([Buffer.byteLength(JSON.stringify(eventOf('é')))])
  })
})
