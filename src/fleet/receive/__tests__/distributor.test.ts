import type { SegmentEvent } from '@segment/actions-core'
import { Distributor, type DistributorOptions } from '../distributor'
import type { InboxJob } from '../inbox-queue'
import { Lease } from '../lease'

const NEVER = new AbortController().signal

function jobOf(id: string, count: number): InboxJob {
  const events = Array.from({ length: count }, (_, index): SegmentEvent => ({
    type: 'track',
    messageId: `${id}.${index}`
  }))
  return { id, events }
}

/** A queue in memory. */
function inbox(jobs: InboxJob[]) {
  return {
    left: () => jobs.map(({ id }) => id),
    queue: {
      jobs: (start: number, count: number) => Promise.resolve(jobs.slice(start, start + count)),
      remove: (ids: readonly string[]) => {
        jobs = jobs.filter(({ id }) => !ids.includes(id))
        return Promise.resolve()
      }
    }
  }
}

/** Locks in memory, which never run out. */
function locks() {
  const owners = new Map<string, string>()
  return {
    owners,
    takeLocks: ([key]: readonly string[], owner: string) => {
      if (!owners.has(key)) owners.set(key, owner)
      return Promise.resolve(owners.get(key) === owner)
    },
    releaseLocks: ([key]: readonly string[], owner: string) => {
      if (owners.get(key) === owner) owners.delete(key)
      return Promise.resolve()
    }
  }
}

function distributor(jobs: InboxJob[], options: Partial<DistributorOptions> = {}, store = locks()) {
  const { queue, left } = inbox(jobs)
  const divided: string[][] = []
  const failures: string[] = []
  const counts: number[] = []
  const divide = (events: SegmentEvent[]): Promise<void> => {
    divided.push(events.map(({ messageId }) => String(messageId)))
    return Promise.resolve()
  }
  const watch = {
    divided: (events: number) => void counts.push(events),
    failed: (what: string) => void failures.push(what)
  }
  const lease = new Lease(store, 'distributor', 'me')
  return { made: new Distributor({ queue, lease, divide, watch, ...options }), left, divided, failures, counts, store }
}

describe('Distributor', () => {
  it('divides the events of all jobs in their order, and removes the jobs', async () => {
    const { made, divided, left, counts } = distributor([jobOf('a', 2), jobOf('b', 1)])
    expect(await made.round(NEVER)).toBe(false)
    expect(divided).toEqual([['a.0', 'a.1', 'b.0']])
    expect([left(), counts]).toEqual([[], [3]])
  })

  it('takes so many events at once, and then looks again at once', async () => {
    const jobs = Array.from({ length: 30 }, (_, index) => jobOf(`${index}`, 10))
    const { made, divided, left } = distributor(jobs, { mostEvents: 245 })
    expect(await made.round(NEVER)).toBe(true)
    expect(divided[0]).toHaveLength(250)
    expect(left()).toEqual(['25', '26', '27', '28', '29'])
    expect(await made.round(NEVER)).toBe(false)
    expect(divided[1]).toHaveLength(50)
  })

  it('keeps the jobs when their events could not be put on the partitions', async () => {
    const divide = () => Promise.reject(new Error('connection lost'))
    const { made, left } = distributor([jobOf('a', 1)], { divide })
    await expect(made.round(NEVER)).rejects.toThrow('connection lost')
    expect(left()).toEqual(['a'])
  })

  it('does nothing while another process has the lease', async () => {
    const store = locks()
    store.owners.set('distributor', 'other')
    const { made, divided, left } = distributor([jobOf('a', 1)], {}, store)
    expect(await made.round(NEVER)).toBe(false)
    expect([divided, left()]).toEqual([[], ['a']])
    store.owners.delete('distributor')
    await made.round(NEVER)
    expect([divided, left()]).toEqual([[['a.0']], []])
  })

  it('passes over a job that it cannot read, and says so once', async () => {
    const { made, divided, left, failures } = distributor([{ id: 'odd', events: null }, jobOf('a', 1)])
    await made.round(NEVER)
    await made.round(NEVER)
    expect(divided).toEqual([['a.0']])
    expect([left(), failures]).toEqual([['odd'], ['Job odd of the inbox is passed over']])
  })

  it('goes on after a failure, and frees the lease when it stops', async () => {
    const stop = new AbortController()
    const divided: string[] = []
    const divide = ([{ messageId }]: SegmentEvent[]): Promise<void> => {
      divided.push(String(messageId))
      if (divided.length === 1) return Promise.reject(new Error('connection lost'))
      stop.abort()
      return Promise.resolve()
    }
    const { made, left, failures, store } = distributor([jobOf('a', 1)], { divide, intervalMs: 1 })
    await made.run(stop.signal)
    expect([divided, left()]).toEqual([['a.0', 'a.0'], []])
    expect(failures).toEqual(['Events could not be moved from the inbox to the partitions'])
    expect(store.owners.size).toBe(0)
  })

  it('stops while it waits for room on the partitions, without a failure', async () => {
    const stop = new AbortController()
    const divide = (_events: SegmentEvent[], signal: AbortSignal): Promise<void> =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('stopped')))
        stop.abort()
      })
    const { made, left, failures } = distributor([jobOf('a', 1)], { divide })
    await made.run(stop.signal)
    expect([left(), failures]).toEqual([['a'], []])
  })
})

describe('Lease', () => {
  it('is renewed while work goes on', async () => {
    const store = locks()
    let taken = 0
    let end = (): void => undefined
    const work = new Promise<void>((resolve) => (end = resolve))
    const takeLocks: typeof store.takeLocks = (keys, owner) => {
      if (++taken === 3) end()
      return store.takeLocks(keys, owner)
    }
    await new Lease({ ...store, takeLocks }, 'name', 'me', 3).during(work)
    expect([taken, store.owners.get('name')]).toEqual([3, 'me'])
  })
})
