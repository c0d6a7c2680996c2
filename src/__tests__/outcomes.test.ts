import type { FaultRule } from '../emulator'
import { identify, times, track } from './events'
import { FORMS, startKameleoon, type Outcome } from './kameleoon'

interface Row {
  fault: FaultRule
  status: number
  errortype: string
  errormessage: string
  retryAfterSeconds?: number
}

const answered = (status: number) => `Kameleoon answered ${status} to POST /visit/events: Fault on demand.`

const RETRYABLE: Row[] = [
  { fault: { status: 408 }, status: 408, errortype: 'REQUEST_TIMEOUT', errormessage: answered(408) },
  { fault: { status: 423 }, status: 429, errortype: 'TOO_MANY_REQUESTS', errormessage: answered(423) },
  { fault: { status: 429 }, status: 429, errortype: 'TOO_MANY_REQUESTS', errormessage: answered(429) },
  { fault: { status: 500 }, status: 500, errortype: 'INTERNAL_SERVER_ERROR', errormessage: answered(500) },
  { fault: { status: 501 }, status: 503, errortype: 'SERVICE_UNAVAILABLE', errormessage: answered(501) },
  { fault: { status: 502 }, status: 502, errortype: 'BAD_GATEWAY', errormessage: answered(502) },
  { fault: { status: 503 }, status: 503, errortype: 'SERVICE_UNAVAILABLE', errormessage: answered(503) },
  { fault: { status: 504 }, status: 504, errortype: 'GATEWAY_TIMEOUT', errormessage: answered(504) },
  { fault: { status: 505 }, status: 503, errortype: 'SERVICE_UNAVAILABLE', errormessage: answered(505) },
  { fault: { status: 520 }, status: 503, errortype: 'SERVICE_UNAVAILABLE', errormessage: answered(520) },
  {
    fault: { status: 429, retryAfter: 30 },
    status: 429,
    errortype: 'TOO_MANY_REQUESTS',
    errormessage: answered(429),
    retryAfterSeconds: 30
  },
  {
    fault: { status: 503, retryAfter: 'soon' },
    status: 503,
    errortype: 'SERVICE_UNAVAILABLE',
    errormessage: answered(503)
  },
  {
    fault: { reset: 'before' },
    status: 503,
    errortype: 'SERVICE_UNAVAILABLE',
    errormessage: 'The connection to Kameleoon failed during POST /visit/events (ECONNRESET)'
  }
]

const FORBIDDEN =
  'Kameleoon answered 403 to POST /visit/events: Fault on demand. Kameleoon rejects user agents of bots, and accounts without access to its Data API.'

const FINAL: Row[] = [
  { fault: { status: 400 }, status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED', errormessage: answered(400) },
  { fault: { status: 403 }, status: 403, errortype: 'FORBIDDEN', errormessage: FORBIDDEN },
  { fault: { status: 404 }, status: 404, errortype: 'UNKNOWN_ERROR', errormessage: answered(404) },
  {
    fault: { status: 401 },
    status: 401,
    errortype: 'INVALID_AUTHENTICATION',
    errormessage:
      'Kameleoon rejected a new access token for POST /visit/events. Check the rights of the API key in Kameleoon: My profile > API credentials.'
  }
]

const SEGMENT_RETRIES = [408, 429, 500, 502, 503, 504]

function expectRetryable({ status }: Outcome): void {
  expect(SEGMENT_RETRIES).toContain(status)
}

it.each(RETRYABLE)('tries one event again later after $fault', async ({ fault, status, errormessage, ...row }) => {
  const kameleoon = await startKameleoon()
  kameleoon.emulator.faults.add({ path: '/visit/events', times: 1, ...fault })
  const outcome = await kameleoon.single(track('Order Completed'))
  expect(outcome).toMatchObject({ status, errortype: 'RETRYABLE_ERROR', errormessage })
  expect(outcome.error).toMatchObject({ retryAfterSeconds: row.retryAfterSeconds })
  expectRetryable(outcome)
  expect(kameleoon.emulator.visitors()).toEqual([])

  expect(await kameleoon.single(track('Order Completed'))).toMatchObject({ status: 200 })
  expect(kameleoon.emulator.visitor('visitor1')?.conversions).toHaveLength(1)
})

it.each(RETRYABLE)('tries a batch again later after $fault', async ({ fault, retryAfterSeconds, ...expected }) => {
  const kameleoon = await startKameleoon()
  kameleoon.emulator.faults.add({ path: '/visit/events', times: 1, ...fault })
  const outcomes = await kameleoon.batch(times(3, () => track('Order Completed')))
  const body = retryAfterSeconds === undefined ? undefined : { retryAfterSeconds }
  const sent = { visitEvents: [expect.objectContaining({ goalId: 310_001, visitorCode: 'visitor1' }) as object] }
  const outcome = { ...expected, sent, errorreporter: 'DESTINATION', ...(body ? { body } : {}) }
  expect(outcomes).toEqual([outcome, outcome, outcome])
  outcomes.forEach(expectRetryable)
  expect(kameleoon.requests('/visit/events')).toHaveLength(1)
})

it.each(FINAL)('rejects one event for good after $fault', async ({ fault, ...expected }) => {
  const kameleoon = await startKameleoon()
  kameleoon.emulator.faults.add({ path: '/visit/events', ...fault })
  const outcome = await kameleoon.single(track('Order Completed'))
  expect(outcome).toMatchObject(expected)
  expect(SEGMENT_RETRIES).not.toContain(outcome.status)
})

it.each(FINAL)('rejects every event of a batch for good after $fault', async ({ fault, ...expected }) => {
  const kameleoon = await startKameleoon()
  kameleoon.emulator.faults.add({ path: '/visit/events', ...fault })
  const outcomes = await kameleoon.batch(times(3, () => track('Order Completed')))
  expect(outcomes).toMatchObject([expected, expected, expected])
})

describe.each(FORMS)('an answer that is lost, $form', ({ deliver }) => {
  it('makes the event come again, and Kameleoon recognises it by its nonce', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.expectedDuplicates = 1
    kameleoon.emulator.faults.add({ path: '/visit/events', reset: 'after', times: 1 })
    expect(await deliver(kameleoon, track('Order Completed', { revenue: 5 }))).toMatchObject({ status: 503 })
    expect(await deliver(kameleoon, track('Order Completed', { revenue: 5 }))).toMatchObject({ status: 200 })
    expect(kameleoon.emulator.visitor('visitor1')?.conversions).toHaveLength(1)
  })

  it('of stored data leads to the same data', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/map/maps', method: 'POST', reset: 'after', times: 1 })
    expect(await deliver(kameleoon, identify({ plan: 'gold' }))).toMatchObject({ status: 503 })
    expect(await deliver(kameleoon, identify({ plan: 'gold' }))).toMatchObject({ status: 200 })
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: { plan: 'gold' } })
  })
})

it.each(RETRYABLE)('passes on the reason why stored data was not written: $fault', async ({ fault, status }) => {
  for (const method of ['GET', 'POST']) {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/map/maps', method, times: 1, ...fault })
    const outcomes = await kameleoon.batch(times(2, () => identify({ plan: 'gold' })))
    expect(outcomes).toMatchObject([{ status }, { status }])
    expect(outcomes[0].errormessage).toContain(`${method} /map/maps`)
    expect(kameleoon.allStored()).toEqual({})
  }
})

it.each(['/sites', '/goals'])(
  'tries an event again later if %s cannot be read, with its neighbours delivered',
  async (path) => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path, status: 500, times: 1 })
    const events = times(2, () => track('Order Completed'))
    expect(await kameleoon.batch(events)).toMatchObject([{ status: 500 }, { status: 500 }])
    expect(await kameleoon.batch(events)).toMatchObject([{ status: 200 }, { status: 200 }])
  }
)
