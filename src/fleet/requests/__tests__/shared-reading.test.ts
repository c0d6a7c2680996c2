import { times, track } from '../../../__tests__/events'
import type { Emulator } from '../../../emulator'
import { emulated, sharedInMemory, workersOf } from './workers'

const WORKERS = 4

function goalNames(emulator: Emulator): string[] {
  return emulator.visitor('visitor1')?.conversions.map(({ goalName }) => goalName) ?? []
}

function automationRequests({ totals }: Emulator): Record<string, number> {
  const entries = Object.entries(totals.requests).filter(([route]) => /goals|sites|custom-datas/.test(route))
  return Object.fromEntries(entries)
}

it('site and goals are asked for once for four workers that begin at one moment', async () => {
  const emulator = await emulated()
  const workers = await workersOf(WORKERS, emulator, sharedInMemory())
  const events = times(WORKERS, () => track('Order Completed'))
  const outcomes = await Promise.all(workers.map((worker, index) => worker.send([events[index]])))
  expect(outcomes).toMatchObject(Array<object>(WORKERS).fill([{ status: 200 }]))
  expect(goalNames(emulator)).toEqual(Array<string>(WORKERS).fill('Order Completed'))
  expect(automationRequests(emulator)).toEqual({ 'GET /sites 200': 1, 'GET /goals 200': 1 })
})

it('a goal is created once if four workers need it at one moment', async () => {
  const emulator = await emulated()
  const workers = await workersOf(WORKERS, emulator, sharedInMemory())
  const events = times(WORKERS, () => track('Basket Shared'))
  const outcomes = await Promise.all(workers.map((worker, index) => worker.send([events[index]])))
  expect(outcomes).toMatchObject(Array<object>(WORKERS).fill([{ status: 200 }]))
  expect(goalNames(emulator)).toEqual(Array<string>(WORKERS).fill('SegmentIO track - Basket Shared'))
  expect(emulator.totals.requests['POST /goals 201']).toBe(1)
  expect(emulator.discarded).toEqual([])
})

it('a goal that one worker created is found by those who ask after it', async () => {
  const emulator = await emulated()
  const workers = await workersOf(WORKERS, emulator, sharedInMemory())
  for (const [index, event] of times(WORKERS, () => track('Basket Shared')).entries()) {
    expect(await workers[index].send([event])).toMatchObject([{ status: 200 }])
  }
  expect(goalNames(emulator)).toEqual(Array<string>(WORKERS).fill('SegmentIO track - Basket Shared'))
  expect(emulator.totals.requests['POST /goals 201']).toBe(1)
  expect(emulator.discarded).toEqual([])
})

it('a failed answer is not shared: the next worker asks itself', async () => {
  const emulator = await emulated()
  const workers = await workersOf(2, emulator, sharedInMemory())
  emulator.faults.add({ path: '/goals', method: 'GET', status: 500, times: 1 })
  const [first, second] = times(2, () => track('Order Completed'))
  expect(await workers[0].send([first])).toMatchObject([{ status: 500 }])
  expect(await workers[1].send([second])).toMatchObject([{ status: 200 }])
  expect(automationRequests(emulator)).toEqual({ 'GET /sites 200': 1, 'GET /goals 500': 1, 'GET /goals 200': 1 })
})

it('nothing that is shared contains the credentials or a token', async () => {
  const emulator = await emulated()
  const shared = sharedInMemory()
  const set = jest.spyOn(shared.store, 'set')
  const [worker] = await workersOf(1, emulator, shared)
  await worker.send([track('Basket Shared')])
  const token = emulator.requests.find(({ path }) => path === '/goals')?.headers.authorization.slice('Bearer '.length)
  const texts = JSON.stringify(set.mock.calls)
  expect(texts).toContain('Basket Shared')
  expect(token).not.toBe('')
  for (const secret of [String(token), emulator.apiKey, 'emulator-client-not-real', 'emulator-secret-not-real'])
    expect(texts).not.toContain(secret)
})
