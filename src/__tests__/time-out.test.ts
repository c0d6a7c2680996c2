import { RetryableError } from '@segment/actions-core'
import { identify, times, track } from './events'
import { startKameleoon } from './kameleoon'

const NEVER = 3_600_000
const MESSAGE = /^Kameleoon did not answer POST \/visit\/events in time \(REQUESTTIMEOUTERROR\)$/

it('tries one event again later when the time of its host is up', async () => {
  const kameleoon = await startKameleoon()
  // Token and goals are in memory then, so only the request that is never answered takes time.
  await kameleoon.single(track('Order Completed', {}, { messageId: 'before' }))
  kameleoon.emulator.faults.add({ path: '/visit/events', delayMs: NEVER })
  const outcome = await kameleoon.single(track('Order Completed'), {}, { signal: AbortSignal.timeout(300) })
  expect(outcome).toMatchObject({ status: 504, errormessage: expect.stringMatching(MESSAGE) as string })
  expect(outcome.error).toBeInstanceOf(RetryableError)
})

it('tries a batch again later when the time of its host is up, event by event', async () => {
  const kameleoon = await startKameleoon()
  // Token and goals are in memory then, so only the request that is never answered takes time.
  await kameleoon.single(track('Order Completed', {}, { messageId: 'before' }))
  kameleoon.emulator.faults.add({ path: '/visit/events', delayMs: NEVER })
  const events = times(2, () => track('Order Completed'))
  const outcomes = await kameleoon.batch(events, {}, { signal: AbortSignal.timeout(300) })
  const expected = { status: 504, errortype: 'GATEWAY_TIMEOUT', errormessage: expect.stringMatching(MESSAGE) as string }
  expect(outcomes).toMatchObject([expected, expected])
})

it('retries an event when its host gives up while Kameleoon has not answered', async () => {
  const kameleoon = await startKameleoon()
  const slow = kameleoon.emulator.faults.add({ path: '/map/maps', method: 'GET', delayMs: NEVER })
  const host = new AbortController()
  const outcome = kameleoon.single(identify({ plan: 'gold' }), {}, { signal: host.signal })
  while (slow.hits === 0) await new Promise(setImmediate)
  host.abort()
  expect(await outcome).toMatchObject({ status: 504, errortype: 'RETRYABLE_ERROR' })
})

it('gives up after ten seconds where the host sets no limit', async () => {
  const kameleoon = await startKameleoon()
  await kameleoon.single(track('Order Completed', {}, { messageId: 'before' }))
  const slow = kameleoon.emulator.faults.add({ path: '/visit/events', delayMs: NEVER })
  const timers: Array<() => void> = []
  const real = global.setTimeout
  jest.spyOn(global, 'setTimeout').mockImplementation((run: () => void, milliseconds?: number) => {
    if (milliseconds === 10_000) timers.push(run)
    return real(() => milliseconds === 10_000 || run(), milliseconds === 10_000 ? 0 : milliseconds)
  })

  const outcome = kameleoon.single(track('Order Completed'))
  while (slow.hits === 0) await new Promise(setImmediate)
  timers.forEach((run) => run())
  expect(await outcome).toMatchObject({
    status: 504,
    errormessage: 'Kameleoon did not answer POST /visit/events in time (ETIMEDOUT)'
  })
  jest.restoreAllMocks()
})
