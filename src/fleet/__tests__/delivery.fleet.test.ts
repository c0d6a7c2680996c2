import { randomUUID } from 'crypto'
import type { EventLine, Source, Subscription } from '../../segment-host'
import { readDead, type DeadFilter } from '../dead/list-dead'
import { redrive, type Redriven } from '../dead/redrive'
import type { Fleet } from '../fleet'
import type { DeadLetter } from '../jobs/job-data'
import { doneIn, doneName, runKey } from '../jobs/run-counts'
import { drain } from '../manage/drain'
import { jobFailed, jobSucceeded, mayTry, pauseFleet, resumeFleet, stateOf } from '../manage/fleet-state'
import { statusOf } from '../manage/status'
import { putOnQueue } from '../production/put-on-queue'
import type { PutResult, QueueRun } from '../production/queue-run'
import { positionOf, savePosition } from '../production/run-position'
import { resultOf } from '../production/run-result'
import { takeJob } from '../work/take-job'
import { DESTINATION, emptyFleet, line, Receiver, SUBSCRIPTION, tracks, until, workUntil } from './fleet'
import { describeBackends } from './servers'

jest.setTimeout(120_000)

const sourceOf = (lines: EventLine[]): Source => [lines]

describeBackends('a fleet', ({ open }) => {
  let fleet: Fleet
  /** The last sequences of every run, by its id. */
  let runs: Map<string, number[]>

  beforeEach(async () => {
    fleet = await emptyFleet(await open())
    runs = new Map()
  })

  const put = async (lines: EventLine[], run: Partial<QueueRun> = {}): Promise<PutResult> => {
    const id = run.id ?? randomUUID()
    const whole = { fleet, destination: DESTINATION, subscriptions: [SUBSCRIPTION], mostWaiting: 1_000, ...run, id }
    const result = await putOnQueue(sourceOf(lines), whole)
    runs.set(id, result.position.sequences)
    return result
  }

  const redriven = async (...args: [DeadFilter, Subscription[]?]): Promise<Redriven> => {
    const result = await redrive(fleet, ...args)
    runs.set(result.run, result.sequences)
    return result
  }

  /** Whether all jobs are finished. A job that goes back to the queue is for a moment neither there nor with a worker. */
  const isIdle = async (): Promise<boolean> => {
    for (const [id, sequences] of runs) {
      const done = doneIn(await fleet.store.counts(runKey(id)), sequences.length)
      if (sequences.some((sequence, partition) => done[partition] < sequence)) return false
    }
    return true
  }

  const deadLetters = async (): Promise<DeadLetter[]> => {
    const letters: DeadLetter[] = []
    await readDead(fleet, {}, (page) => {
      letters.push(...page.map(({ data }) => data))
      return Promise.resolve(0)
    })
    return letters
  }

  it('delivers every event once, those of a person in their order, and keeps no job', async () => {
    const receiver = new Receiver()
    const id = randomUUID()
    const result = await put(tracks(2_000, 50), { id })
    await workUntil(fleet, receiver.send, isIdle)
    expect([...receiver.delivered].sort((one, other) => one - other)).toEqual(tracks(2_000).map((_, index) => index))
    for (let user = 0; user < 50; user++) {
      const own = receiver.delivered.filter((index) => index % 50 === user)
      expect(own).toEqual([...own].sort((one, other) => one - other))
    }
    const { summary, isDone } = await resultOf(fleet, id, [SUBSCRIPTION], result)
    expect({ ...summary, isDone }).toMatchObject({
      received: 2_000,
      delivered: 2_000,
      rejected: 0,
      unsettled: 0,
      isDone: true
    })
    for (const { queue } of fleet.partitions) expect(await queue.getJobCountByTypes()).toBe(0)
  })

  it('puts nothing on the queue twice when a producer was killed in the middle of a portion', async () => {
    const id = randomUUID()
    const lines = tracks(1_000)
    const { position } = await put(lines, { id })
    const jobs = (await statusOf(fleet)).waiting
    const receiver = new Receiver()
    await workUntil(fleet, receiver.send, () => Promise.resolve(receiver.delivered.length > 0), { concurrency: 1 })
    // As it was when the producer had put the jobs, and not noted that.
    const begin = { ...position, read: 0, checksum: 0, put: 0, sequences: fleet.partitions.map(() => 0) }
    await savePosition(fleet, id, { ...begin, counts: { ...position.counts, received: 0 }, portionEnd: 1_000 })
    const again = await put(lines, { id, stopped: await positionOf(fleet, id) })
    expect((await statusOf(fleet)).waiting).toBeLessThanOrEqual(jobs)
    await workUntil(fleet, receiver.send, isIdle)
    expect([...receiver.delivered].sort((one, other) => one - other)).toEqual(lines.map((_, index) => index))
    expect((await resultOf(fleet, id, [SUBSCRIPTION], again)).summary).toMatchObject({
      received: 1_000,
      delivered: 1_000
    })
  })

  it('does not put a part of a portion of which some jobs are on the queue', async () => {
    const id = randomUUID()
    const { position } = await put(tracks(100), { id })
    await drain(fleet)
    const begin = { ...position, read: 0, checksum: 0, put: 0, sequences: fleet.partitions.map(() => 0) }
    const stopped = { ...begin, portionEnd: 100 }
    await expect(put(tracks(60), { id, stopped })).rejects.toThrow('does not begin as it did')
    const failing = async function* (): AsyncGenerator<EventLine[]> {
      yield tracks(60)
      await Promise.resolve()
      throw new Error('the disk is gone')
    }
    const run = { fleet, id, destination: DESTINATION, subscriptions: [SUBSCRIPTION], mostWaiting: 1_000, stopped }
    expect(await putOnQueue(failing(), run)).toMatchObject({
      stopped: { cause: 'source' },
      position: { read: 0, portionEnd: 100 }
    })
    expect((await statusOf(fleet)).waiting).toBe(0)
  })

  it('goes on where a run was asked to stop', async () => {
    const id = randomUUID()
    const stopped = await put(tracks(500), { id, limit: 200 })
    expect(stopped).toMatchObject({ stopped: { cause: 'limit' }, position: { read: 200, put: 200, hasEnded: false } })
    const rest = await put(tracks(500), { id, stopped: await positionOf(fleet, id) })
    expect(rest.position).toMatchObject({ read: 500, put: 500, hasEnded: true })
    const changed = [line(0, { userId: 'other' }), ...tracks(500).slice(1)].map((one) => ({ ...one, checksum: -1 }))
    await expect(put(changed, { id, stopped: await positionOf(fleet, id) })).rejects.toThrow('does not begin as it did')
  })

  it('waits while the queue is full', async () => {
    const receiver = new Receiver()
    const full: boolean[] = []
    await put(tracks(100))
    // It counts for `isIdle` only when it has put its events.
    const second = put(tracks(100), { mostWaiting: 1, onFull: (isFull) => full.push(isFull) })
    await until(() => Promise.resolve(full.length === 1))
    await workUntil(fleet, receiver.send, () => Promise.resolve(receiver.delivered.length === 200))
    expect((await second).position.put).toBe(100)
    expect(full).toEqual([true, false])
  })

  it('does not send a job again whose results were kept when its worker ended', async () => {
    const id = randomUUID()
    await put([line(0, { userId: 'a' })], { id })
    const partition = await partitionWithJobs(fleet)
    await fleet.store.advance(runKey(id), doneName(partition), 1, [])
    expect(await takeJob(fleet, partition)).toEqual({ kind: 'finished' })
    expect(await statusOf(fleet)).toMatchObject({ waiting: 0, active: 0 })
  })

  it('lets a job wait for the one in another partition that its events depend on', async () => {
    // The identify of a user makes a link from the device; the page of the device comes after it.
    const subscriptions = [
      { ...SUBSCRIPTION, partnerAction: 'identifyEvent', subscribe: 'type = "identify"' },
      SUBSCRIPTION
    ]
    const lines = Array.from({ length: 8 }, (_, index) => [
      line(2 * index, { type: 'identify', userId: `u${index}`, anonymousId: `a${index}` }),
      line(2 * index + 1, { userId: undefined, anonymousId: `a${index}` })
    ]).flat()
    await put(lines, { subscriptions })
    const receiver = new Receiver()
    await workUntil(fleet, receiver.send, isIdle)
    const place = (index: number): number => receiver.delivered.indexOf(index)
    for (let index = 0; index < 8; index++) expect(place(2 * index)).toBeLessThan(place(2 * index + 1))
  })

  it('keeps rejected events as dead letters, each with its reason, and delivers them after the mapping was mended', async () => {
    const receiver = new Receiver((index) => (index % 10 === 3 ? [400, `no goal ${index}`] : [200, '']))
    const id = randomUUID()
    const result = await put(tracks(40), { id })
    await workUntil(fleet, receiver.send, isIdle)
    expect(receiver.delivered).toHaveLength(36)
    const letters = await deadLetters()
    expect(letters.map(({ reason, from, status }) => [reason, from, status]).sort()).toEqual(
      [3, 13, 23, 33].map((index) => [`no goal ${index}`, `events.ndjson:${index + 1}`, 400]).sort()
    )
    expect((await resultOf(fleet, id, [SUBSCRIPTION], result)).summary).toMatchObject({ delivered: 36, rejected: 4 })
    receiver.answer = () => [200, '']
    const mended = { ...SUBSCRIPTION, mapping: { goalId: '1' } }
    expect(await redriven({ reason: 'goal 3' }, [mended])).toMatchObject({ events: 2, left: 0 })
    expect(await redriven({}, [{ ...mended, name: 'Another' }])).toMatchObject({ events: 0, left: 2 })
    expect(await redriven({})).toMatchObject({ events: 2, left: 0 })
    await workUntil(fleet, receiver.send, isIdle)
    expect([...receiver.delivered].sort((one, other) => one - other)).toEqual(tracks(40).map((_, index) => index))
    expect(await deadLetters()).toEqual([])
  })

  it('keeps events on the queue while Kameleoon is down, and none becomes a dead letter', async () => {
    let isDown = true
    const receiver = new Receiver(() => (isDown ? [503, 'down'] : [200, '']))
    await put(tracks(400, 40))
    const states: string[] = []
    const onState = ({ kind }: { kind: string }): void => void states.push(kind)
    await workUntil(
      fleet,
      receiver.send,
      () => {
        if (states.includes('outage')) isDown = false
        return isIdle()
      },
      { onState }
    )
    expect(states[0]).toBe('outage')
    expect(await stateOf(fleet)).toEqual({ kind: 'open' })
    expect(await deadLetters()).toEqual([])
    expect(receiver.delivered).toHaveLength(400)
  })

  it('lets nobody try before the pause of an outage is over, and everybody work when it is', async () => {
    const { store } = fleet
    const open = await stateOf(fleet)
    expect(await jobFailed(fleet, open, '503 down')).toBe(false)
    expect(await jobFailed(fleet, open, '503 down')).toBe(false)
    expect(await jobFailed(fleet, open, '503 down')).toBe(true)
    const state = await stateOf(fleet)
    if (state.kind !== 'outage') throw new Error(`The state is ${state.kind}`)
    expect(state.outage).toMatchObject({ reason: '503 down', pause: 2_000 })
    expect([await mayTry(fleet, state.outage), await mayTry(fleet, state.outage)]).toEqual([false, false])
    // As when the pause is over.
    await store.remove('outage-trial')
    expect([await mayTry(fleet, state.outage), await mayTry(fleet, state.outage)]).toEqual([true, false])
    await jobFailed(fleet, state, '503 still down')
    expect(await stateOf(fleet)).toMatchObject({ outage: { reason: '503 still down', pause: 4_000 } })
    expect(await mayTry(fleet, state.outage)).toBe(false)
    await jobSucceeded(fleet)
    expect(await stateOf(fleet)).toEqual({ kind: 'open' })
    expect(await jobFailed(fleet, open, '503 again')).toBe(false)
  })

  it('gives up an event that fails again and again while others are delivered', async () => {
    const receiver = new Receiver((index) => (index === 7 ? [500, 'it fails'] : [200, '']))
    await put(tracks(100))
    let others = 0
    await workUntil(fleet, receiver.send, async () => {
      await put([line(1_000 + others, { userId: `user-${others++ % 10}` })])
      return (await deadLetters()).length > 0
    })
    expect(await deadLetters()).toMatchObject([{ from: 'events.ndjson:8', status: 500, reason: 'it fails' }])
    expect(receiver.delivered.filter((index) => index < 1_000)).toHaveLength(99)
  })

  it('takes no job while it is paused', async () => {
    const receiver = new Receiver()
    await put(tracks(50))
    await pauseFleet(fleet)
    const states: string[] = []
    const onState = ({ kind }: { kind: string }): void => void states.push(kind)
    await workUntil(fleet, receiver.send, () => Promise.resolve(states.includes('paused')), { onState })
    expect(receiver.sent).toBe(0)
    await resumeFleet(fleet)
    await workUntil(fleet, receiver.send, isIdle)
    expect(receiver.delivered).toHaveLength(50)
  })

  it('puts back what a worker has not sent when it is stopped', async () => {
    const stop = new AbortController()
    const receiver = new Receiver(() => {
      stop.abort()
      return [503, 'busy']
    })
    await put(tracks(20, 1))
    await workUntil(fleet, receiver.send, () => Promise.resolve(receiver.sent > 0), { signal: stop.signal })
    expect(await statusOf(fleet)).toMatchObject({ waiting: 1, active: 0 })
    const second = new Receiver()
    await workUntil(fleet, second.send, isIdle)
    expect(second.delivered).toHaveLength(20)
  })

  it('can be drained, and later events of the same run do not wait for those that were removed', async () => {
    const id = randomUUID()
    await put(tracks(300), { id, limit: 100 })
    expect(await drain(fleet)).toBeGreaterThan(0)
    expect(await isIdle()).toBe(true)
    const receiver = new Receiver()
    await put(tracks(300), { id, stopped: await positionOf(fleet, id) })
    await workUntil(fleet, receiver.send, isIdle)
    expect(receiver.delivered).toHaveLength(200)
  })

  it('shares work between two workers', async () => {
    await put(tracks(4_000, 400))
    const jobs = [0, 0]
    const receiver = new Receiver()
    const counting = (index: number) => ({ concurrency: 2, onJob: () => void jobs[index]++ })
    await Promise.all([0, 1].map((index) => workUntil(fleet, receiver.send, isIdle, counting(index))))
    expect(receiver.delivered).toHaveLength(4_000)
    expect(Math.min(...jobs)).toBeGreaterThan(0)
  })
})

async function partitionWithJobs({ partitions }: Fleet): Promise<number> {
  const counts = await Promise.all(partitions.map(({ queue }) => queue.getJobCountByTypes('waiting', 'prioritized')))
  return counts.findIndex((count) => count > 0)
}
