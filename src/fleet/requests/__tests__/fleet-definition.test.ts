import { identify, times, track } from '../../../__tests__/events'
import type { RecordedRequest } from '../../../emulator'
import { limitsOfMinute } from '../limits'
import type { RequestKind } from '../request-kind'
import { bestWindows } from '../windows'
import { emulated, sharedInMemory, workersOf } from './workers'

const WORKERS = 4

/** The goal is mapped, so that nothing is asked of the Automation API but tokens. */
const MAPPED = { goalId: '310002' }

function to(requests: RecordedRequest[], path: string, method = 'POST'): RecordedRequest[] {
  return requests.filter((request) => request.path === path && request.method === method)
}

/** The most requests in any time of so many milliseconds. */
function mostIn(requests: RecordedRequest[], milliseconds: number): number {
  const counts = requests.map(({ at }) => requests.filter((other) => other.at >= at && other.at < at + milliseconds))
  return Math.max(...counts.map(({ length }) => length))
}

it('four workers together send no more than allowed', async () => {
  const emulator = await emulated()
  const limits = { reading: 600, writing: 600 }
  const workers = await workersOf(WORKERS, emulator, { ...sharedInMemory(), limits })
  const sendEight = async (worker: (typeof workers)[number]): Promise<void> => {
    for (const event of times(8, () => track('Order Completed'))) await worker.send([event], MAPPED)
  }
  await Promise.all(workers.map(sendEight))
  const requests = to(emulator.requests, '/visit/events')
  expect(requests.map(({ status }) => status)).toEqual(Array<number>(32).fill(204))
  const { points, duration } = bestWindows(limitsOfMinute(limits.writing))
  // Each worker sends one at a time: no more than one of each can be late from before that second.
  expect(mostIn(requests, 1_000)).toBeLessThanOrEqual(Math.ceil(1 / duration) * points + WORKERS)
  expect(requests[31].at - requests[0].at).toBeGreaterThan(30 * duration * 1_000)
})

it('a 429 with Retry-After stops all workers for that time, for requests of its kind alone', async () => {
  const emulator = await emulated()
  const workers = await workersOf(WORKERS, emulator, sharedInMemory())
  emulator.faults.add({ path: '/visit/events', status: 429, retryAfter: 2, times: 1 })
  expect(await workers[0].send([track('Order Completed')], MAPPED)).toMatchObject([{ status: 429 }])
  const [rejected] = to(emulator.requests, '/visit/events')
  const events = times(WORKERS, (index) => identify({ kameleoonVisitorCode: `visitor${index}`, plan: 'gold' }))
  await Promise.all(workers.map((worker, index) => worker.send([events[index]])))
  await Promise.all(workers.map((worker) => worker.send([track('Order Completed')], MAPPED)))
  const later = emulator.requests.slice(emulator.requests.indexOf(rejected) + 1)
  expect(to(later, '/map/maps', 'GET')).toHaveLength(WORKERS)
  const writes = [...to(later, '/map/maps'), ...to(later, '/visit/events')]
  expect(writes).toHaveLength(2 * WORKERS)
  for (const { at, status } of writes) {
    expect(status).toBe(204)
    expect(at).toBeGreaterThanOrEqual(rejected.at + 2_000)
  }
  const firstWrite = later.findIndex(({ method, path }) => method === 'POST' && path === '/map/maps')
  expect(later.slice(firstWrite).filter(({ method, path }) => method === 'GET' && path === '/map/maps')).toEqual([])
})

it('every request is counted with its kind and status', async () => {
  const emulator = await emulated()
  const counted: Array<[RequestKind, number]> = []
  const count = (kind: RequestKind, status: number): void => void counted.push([kind, status])
  const [worker] = await workersOf(1, emulator, { ...sharedInMemory(), count })
  emulator.faults.add({ path: '/visit/events', status: 429, retryAfter: 1, times: 1 })
  emulator.faults.add({ path: '/visit/events', reset: 'before', times: 1 })
  await worker.send([track('Order Completed')], MAPPED)
  await worker.send([track('Order Completed')], MAPPED)
  await worker.send([identify({ plan: 'gold' })])
  expect(counted).toEqual([
    ['automation', 200],
    ['writing', 429],
    ['writing', 0],
    ['reading', 200],
    ['writing', 204]
  ])
})

it('an event is to be tried again if the database of the fleet does not answer', async () => {
  const emulator = await emulated()
  const shared = sharedInMemory()
  const [worker] = await workersOf(1, emulator, shared)
  await worker.send([track('Order Completed')], MAPPED)
  const limiter = shared.limiter({ name: 'writing-0', points: 1, duration: 1 })
  jest.spyOn(limiter, 'consume').mockRejectedValueOnce(new Error('connect ECONNREFUSED 10.0.0.1:6379'))
  const [outcome] = await worker.send([track('Order Completed')], MAPPED)
  expect(outcome).toMatchObject({ status: 503, errortype: 'SERVICE_UNAVAILABLE' })
  expect(JSON.stringify(outcome)).toContain('FLEET_STORE_UNREACHABLE')
  expect(JSON.stringify(outcome)).not.toContain('10.0.0.1')
  expect(await worker.send([track('Order Completed')], MAPPED)).toMatchObject([{ status: 200 }])
})

it('an event that waits for its turn is to be tried again when the process stops', async () => {
  const emulator = await emulated()
  const stop = new AbortController()
  const limits = { reading: 1, writing: 1 }
  const [worker] = await workersOf(1, emulator, { ...sharedInMemory(), limits, signal: stop.signal })
  expect(await worker.send([track('Order Completed')], MAPPED)).toMatchObject([{ status: 200 }])
  const waiting = worker.send([track('Order Completed')], MAPPED)
  stop.abort()
  expect(await waiting).toMatchObject([{ status: 504 }])
  expect(to(emulator.requests, '/visit/events')).toHaveLength(1)
})
