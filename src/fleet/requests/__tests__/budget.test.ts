import { RateLimiterMemory } from 'rate-limiter-flexible'
import { Budget } from '../budget'

function limiterOf(points: number, duration: number): RateLimiterMemory {
  return new RateLimiterMemory({ points, duration })
}

it('serves the requests of a process in their order', async () => {
  const budget = new Budget([limiterOf(1, 0.02)])
  const served: number[] = []
  await Promise.all([0, 1, 2, 3, 4].map((index) => budget.take().then(() => served.push(index))))
  expect(served).toEqual([0, 1, 2, 3, 4])
})

it('lets a request pass when all limiters have a place for it', async () => {
  const began = performance.now()
  const budget = new Budget([limiterOf(10, 60), limiterOf(1, 0.1)])
  for (let index = 0; index < 3; index++) await budget.take()
  // Timers may be a little early.
  expect(performance.now() - began).toBeGreaterThan(190)
})

it('is closed for all who share a limiter while it is blocked', async () => {
  const limiter = limiterOf(100, 0.1)
  const began = performance.now()
  await new Budget([limiter]).block(1)
  await new Budget([limiter]).take()
  expect(performance.now() - began).toBeGreaterThan(990)
})

it('is closed for its own process while the block is on its way to the database', async () => {
  const limiter = limiterOf(100, 0.1)
  const consume = jest.spyOn(limiter, 'consume')
  let answer: (present: null) => void = () => undefined
  jest.spyOn(limiter, 'get').mockReturnValueOnce(new Promise((resolve) => (answer = resolve)))
  const budget = new Budget([limiter])
  const blocked = budget.block(1)
  const taken = budget.take()
  await new Promise((resolve) => setImmediate(resolve))
  expect(consume).not.toHaveBeenCalled()
  answer(null)
  await blocked
  await taken
  expect(consume.mock.calls.length).toBeGreaterThan(1)
})

it('stays blocked if a later block is shorter', async () => {
  const limiter = limiterOf(100, 0.1)
  const budget = new Budget([limiter])
  await budget.block(60)
  await budget.block(1)
  expect((await limiter.get('all'))?.msBeforeNext).toBeGreaterThan(50_000)
})

it('does not begin a new window sooner by a block', async () => {
  const limiter = limiterOf(1, 60)
  const budget = new Budget([limiter])
  await budget.take()
  await budget.block(1)
  expect((await limiter.get('all'))?.msBeforeNext).toBeGreaterThan(50_000)
})

it('ends all waiting with the signal', async () => {
  const stop = new AbortController()
  const budget = new Budget([limiterOf(1, 60)], stop.signal)
  await budget.take()
  const waiting = Promise.allSettled([budget.take(), budget.take()])
  stop.abort(new Error('The process stops'))
  const results = await waiting
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await expect(budget.take()).rejects.toThrow('The process stops')
})

it('fails if the database fails, without its message, and works again with it', async () => {
  const limiter = limiterOf(1, 60)
  const failure = new Error('connect ECONNREFUSED redis://user:password@10.0.0.1')
  jest.spyOn(limiter, 'consume').mockRejectedValueOnce(failure)
  const budget = new Budget([limiter])
  const error: unknown = await budget.take().catch((reason: unknown) => reason)
  expect(error).toMatchObject({ name: 'FleetStoreError', status: 503, cause: failure })
  expect(String(error)).toBe(
    'FleetStoreError: The database that the fleet shares did not answer. Check that Redis or PostgreSQL runs.'
  )
  await expect(budget.take()).resolves.toBeUndefined()
})
