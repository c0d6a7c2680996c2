import type { Job } from 'bullmq'
import { describeBackends, until } from '../../__tests__/servers'
import type { FleetQueue } from '../backend'

describeBackends('a queue', ({ open }) => {
  const partition = () => `partition-${(number += 1)}`
  let number = 0

  test('gives jobs in the order in which they were added', async () => {
    const queue = await filled(partition(), ['a', 'b'])
    await add(queue, ['c'])

    expect(await rest(queue)).toEqual(['a', 'b', 'c'])
  })

  test('adds nothing under an id that it has', async () => {
    const queue = await filled(partition(), ['a', 'b'])
    await add(queue, ['b', 'c', 'a'])

    expect(await rest(queue)).toEqual(['a', 'b', 'c'])
  })

  test('gives the data of a job as it was added', async () => {
    const queue = await filled(partition(), [])
    const events = JSON.stringify([{ name: 'a\u0000b', emoji: '🦊', quote: "'" }])
    await queue.queue.add('batch', { run: 'r', events }, { jobId: 'a' })

    expect((await taken(queue)).data).toEqual({ run: 'r', events })
  })

  test('keeps nothing of a job that is done', async () => {
    const queue = await filled(partition(), ['a'])
    const job = await taken(queue, 'me')
    await job.moveToCompleted(undefined, 'me', false)

    expect(await queue.queue.getJob('a')).toBeUndefined()
    expect(await queue.queue.getJobCountByTypes()).toBe(0)
  })

  test('gives no job of a partition while another process has one', async () => {
    const name = partition()
    const one = await filled(name, ['a', 'b'])
    const other = (await open()).queue(name)
    const job = await taken(one, 'one')

    expect(await other.take('other')).toBeUndefined()
    await job.moveToCompleted(undefined, 'one', false)
    expect((await taken(other)).id).toBe('b')
  })

  test('gives one job of a partition to processes that ask at once', async () => {
    const name = partition()
    await filled(name, ['a', 'b', 'c'])
    const processes = await Promise.all([open(), open(), open(), open()])
    const jobs = await Promise.all(processes.map((backend, index) => backend.queue(name).take(`process ${index}`)))

    expect(jobs.filter((job) => job !== undefined).map(({ id }) => id)).toEqual(['a'])
  })

  test('gives many jobs of a queue that is not a partition', async () => {
    const queue = await filled(`inbox-${partition()}`, ['a', 'b'])

    expect([(await taken(queue)).id, (await taken(queue)).id]).toEqual(['a', 'b'])
  })

  test('gives a job that was put back before all others, however often', async () => {
    const queue = await filled(partition(), ['a', 'b'])
    for (let time = 0; time < 3; time += 1) {
      await queue.putBack(await taken(queue, 'me'), 'me')
      await add(queue, [`later ${time}`])
    }

    expect(await rest(queue)).toEqual(['a', 'b', 'later 0', 'later 1', 'later 2'])
  })

  test('gives a job with the data that was written to it before it was put back', async () => {
    const queue = await filled(partition(), ['a'])
    const job = await taken(queue, 'me')
    await job.updateData({ events: '[2]' })
    await queue.putBack(job, 'me')

    expect((await taken(queue)).data).toEqual({ events: '[2]' })
  })

  test('gives a job that was put last after all others', async () => {
    const queue = await filled(partition(), ['a', 'b', 'c'])
    await queue.putLast(await taken(queue, 'me'), 'me')
    await add(queue, ['d'])

    expect(await rest(queue)).toEqual(['b', 'c', 'a', 'd'])
  })

  test('keeps the job of a process that says that it is still worked on', async () => {
    const queue = await filled(partition(), ['a'])
    const job = await taken(queue, 'me')

    expect(await queue.extend(job, 'me')).toBe(true)
    expect(await queue.extend(job, 'somebody else')).toBe(false)
  })

  test('gives the job of a process that has ended to the next, before all others', async () => {
    const name = partition()
    const { ended, next } = await endedWith(name, ['a', 'b'])
    const recovered = await recoveredBy(ended)

    expect(recovered).toEqual(['a'])
    expect(await rest(next)).toEqual(['a', 'b'])
  })

  test('keeps the order when processes end one after the other', async () => {
    const name = partition()
    const { ended, next } = await endedWith(name, ['a', 'b', 'c'])
    for (let time = 0; time < 3; time += 1) {
      await recoveredBy(ended)
      await taken(ended, `process ${time}`)
    }
    await recoveredBy(ended)
    await next.putBack(await taken(next, 'next'), 'next')

    expect(await rest(next)).toEqual(['a', 'b', 'c'])
  })

  test('leaves the job of a process that has not ended', async () => {
    const { ended, next } = await endedWith(`inbox-${partition()}`, ['a', 'b'])
    const job = await taken(next, 'next')

    expect(await recoveredBy(ended)).toEqual(['a'])
    expect(await next.extend(job, 'next')).toBe(true)
  })

  test('does not touch a job that another process has by now', async () => {
    const name = partition()
    const { ended, next, job } = await endedWith(name, ['a', 'b'])
    await recoveredBy(ended)
    const again = await taken(next, 'next')
    await ended.putBack(job, 'ended')
    await ended.putLast(job, 'ended')

    expect(await ended.extend(job, 'ended')).toBe(false)
    await expect(job.moveToCompleted(undefined, 'ended', false)).rejects.toThrow()
    expect(await next.take('other')).toBeUndefined()
    await again.moveToCompleted(undefined, 'next', false)
    expect(await rest(next)).toEqual(['b'])
  })

  /** A queue whose first job was taken by a process that then says nothing more. */
  async function endedWith(name: string, ids: string[]) {
    const next = await filled(name, ids)
    const ended = (await open({ lockMilliseconds: 30 })).queue(name)
    return { ended, next, job: await taken(ended, 'ended') }
  }

  async function filled(name: string, ids: string[]): Promise<FleetQueue> {
    const queue = (await open()).queue(name)
    await add(queue, ids)
    return queue
  }
})

async function add({ queue }: FleetQueue, ids: string[]): Promise<void> {
  await queue.addBulk(ids.map((jobId) => ({ name: 'batch', data: { events: '[1]' }, opts: { jobId } })))
}

async function taken(queue: FleetQueue, token = 'me'): Promise<Job> {
  const job = await queue.take(token)
  if (!job) throw new Error('There is no job to take')
  return job
}

function recoveredBy(queue: FleetQueue): Promise<string[]> {
  return until(async () => {
    const ids = await queue.recover()
    return ids.length > 0 ? ids : undefined
  })
}

/** The ids of all jobs, in the order in which they are given. */
async function rest(queue: FleetQueue): Promise<(string | undefined)[]> {
  const ids: (string | undefined)[] = []
  for (;;) {
    const job = await queue.take('rest')
    if (!job) return ids
    ids.push(job.id)
    await job.moveToCompleted(undefined, 'rest', false)
  }
}
