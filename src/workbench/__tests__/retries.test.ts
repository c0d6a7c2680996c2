import kameleoon from '../../destinations/kameleoon'
import type { FaultRule } from '../../emulator'
import type { EventDetail } from '../contract'
import { endWorkbenches, runningWorkbench, until, type RunningWorkbench } from './running-workbench'

afterEach(endWorkbenches)

const ORDER = { userId: 'user-1', event: 'Order Completed', properties: { kameleoonVisitorCode: 'visitor-1' } }
const EVENTS: FaultRule = { path: '/visit/events' }

interface Pause {
  milliseconds: number
  end: () => void
}

/** A workbench whose pauses end when the test says so, and whose clock stands still but for that. */
async function withPauses(retries = 5, gatherMs = 5): Promise<{ workbench: RunningWorkbench; pauses: Pause[] }> {
  const pauses: Pause[] = []
  let now = Date.parse('2026-05-01T12:00:00.000Z')
  const wait = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        now += milliseconds
        resolve()
      }
      pauses.push({ milliseconds, end })
    })
  const retry = { retries, firstDelayMs: 1_000, random: () => 1, wait }
  return { workbench: await runningWorkbench({ clock: () => now, retry, gatherMs }), pauses }
}

function attemptsOf({ deliveries }: EventDetail) {
  return deliveries.find(({ matched }) => matched)?.attempts ?? []
}

describe('sending again', () => {
  it('follows Retry-After, shows when, and delivers once', async () => {
    const { workbench, pauses } = await withPauses()
    const { context, track, detail, events, state } = workbench
    context.emulator.faults.add({ ...EVENTS, status: 429, retryAfter: 7, times: 1, body: { message: 'Too many.' } })
    await track('/v1/track', ORDER)
    await until(() => pauses.length === 1, 'the pause')

    expect(pauses[0].milliseconds).toBe(7_000)
    expect(await events()).toMatchObject([
      { status: 'retrying', attempts: 1, reason: expect.stringContaining('429') as string }
    ])
    expect((await state()).counts).toMatchObject({ retrying: 1, delivered: 0 })
    const [first] = attemptsOf(await detail(1))
    expect(first).toMatchObject({
      ...{ number: 1, status: 429, outcome: 'retryable', batchSize: 1 },
      at: '2026-05-01T12:00:00.000Z',
      nextAttemptAt: '2026-05-01T12:00:07.000Z'
    })
    const [rejected] = first.exchanges.filter(({ request }) => request.url.includes('/visit/events'))
    expect(rejected.response).toMatchObject({
      status: 429,
      headers: { 'retry-after': '7' },
      body: '{"message":"Too many."}'
    })
    expect(rejected.results).toMatchObject([
      { what: 'CONVERSION', kind: 'not-taken', reason: 'Kameleoon answered 429' }
    ])

    pauses[0].end()
    await context.delivery.idle()
    const attempts = attemptsOf(await detail(1))
    expect(attempts.map(({ outcome, nextAttemptAt, at }) => [outcome, nextAttemptAt, at])).toEqual([
      ['retryable', '2026-05-01T12:00:07.000Z', '2026-05-01T12:00:00.000Z'],
      ['delivered', null, '2026-05-01T12:00:07.000Z']
    ])
    const [taken] = attempts[1].exchanges
    expect(taken.request.body).toBe(rejected.request.body)
    expect(taken.results).toMatchObject([{ what: 'CONVERSION', kind: 'kept', visitorCode: 'visitor-1' }])
    expect((await state()).counts).toMatchObject({ retrying: 0, delivered: 1 })
    expect(context.emulator.visitor('visitor-1')?.conversions).toHaveLength(1)
  })

  it('doubles the pauses, gives up after the last, and ends the event as rejected', async () => {
    const { workbench, pauses } = await withPauses(3)
    workbench.context.emulator.faults.add({ ...EVENTS, status: 500 })
    await workbench.track('/v1/track', ORDER)
    for (let pause = 0; pause < 3; pause++) {
      await until(() => pauses.length === pause + 1, `pause ${pause}`)
      pauses[pause].end()
    }
    await workbench.context.delivery.idle()
    expect(pauses.map(({ milliseconds }) => milliseconds)).toEqual([1_000, 2_000, 4_000])
    expect(await workbench.events()).toMatchObject([{ status: 'rejected', attempts: 4 }])
    expect((await workbench.state()).counts).toMatchObject({ rejected: 1, retrying: 0, waiting: 0 })
  })

  it('does not hold up later events, and takes those that wait along', async () => {
    const { workbench, pauses } = await withPauses(5, 400)
    const { context, track, detail } = workbench
    context.emulator.faults.add({ ...EVENTS, status: 503, times: 1 })
    await track('/v1/track', ORDER)
    await until(() => pauses.length === 1, 'the pause')
    await track('/v1/track', { ...ORDER, userId: 'user-2' })
    await until(async () => (await workbench.events())[0].status === 'delivered', 'the later event')
    expect((await workbench.events())[1].status).toBe('retrying')

    pauses[0].end()
    await track('/v1/batch', { batch: [1, 2, 3].map((n) => ({ type: 'track', ...ORDER, userId: `u${n}` })) })
    await context.delivery.idle()
    expect((await workbench.events()).map(({ status }) => status)).toEqual(Array(5).fill('delivered'))
    expect(attemptsOf(await detail(1)).map(({ batchSize }) => batchSize)).toEqual([1, 4])
  })

  it('does not send again what would be rejected again', async () => {
    const { workbench, pauses } = await withPauses()
    workbench.context.emulator.faults.add({ ...EVENTS, status: 400, body: { message: 'No.' } })
    await workbench.track('/v1/track', ORDER)
    await workbench.context.delivery.idle()
    expect(pauses).toEqual([])
    expect(await workbench.events()).toMatchObject([{ status: 'rejected', attempts: 1 }])
  })
})

describe('what waits while events are sent elsewhere from now on', () => {
  it('never goes to the real Kameleoon when it was meant for the emulator', async () => {
    const { workbench, pauses } = await withPauses()
    const { context, track, events } = workbench
    context.emulator.faults.add({ ...EVENTS, status: 503, times: 1 })
    await track('/v1/track', ORDER)
    await until(() => pauses.length === 1, 'the pause')
    const real = { apiKey: context.emulator.apiKey, sitecode: 'abc123def4' }
    await context.settings.save({ target: 'real', values: real })
    pauses[0].end()
    await context.delivery.idle()
    const [event] = await events()
    expect(event).toMatchObject({ status: 'rejected', attempts: 2 })
    expect(event.reason).toContain('The target was changed after this event came in')
    const attempts = attemptsOf(await workbench.detail(1))
    expect(attempts[1]).toMatchObject({ status: 409, outcome: 'rejected', exchanges: [] })
  })
})

describe('connections that break', () => {
  it('shows the request and why there is no answer; what was stored before counts once', async () => {
    const { workbench, pauses } = await withPauses()
    const { context, detail } = workbench
    context.emulator.faults.add({ ...EVENTS, reset: 'after', times: 1 })
    await workbench.track('/v1/track', ORDER)
    await until(() => pauses.length === 1, 'the pause')
    pauses[0].end()
    await context.delivery.idle()

    const [broken, again] = attemptsOf(await detail(1)).map(({ exchanges }) => exchanges[exchanges.length - 1])
    expect(broken).toMatchObject({
      ...{ response: null, error: expect.stringMatching(/socket hang up|ECONNRESET/) as string },
      request: { method: 'POST', body: expect.stringContaining('"CONVERSION"') as string },
      results: [{ kind: 'kept' }]
    })
    expect(again).toMatchObject({ response: { status: 204 }, error: null, results: [{ kind: 'duplicate' }] })
    expect(context.emulator.visitor('visitor-1')?.conversions).toHaveLength(1)
  })

  it('shows whether the connection was cut before or after the request was accepted', async () => {
    const { workbench, pauses } = await withPauses()
    workbench.context.emulator.faults.add({ ...EVENTS, reset: 'before', times: 1 })
    await workbench.track('/v1/track', ORDER)
    await until(() => pauses.length === 1, 'the pause')
    pauses[0].end()
    await workbench.context.delivery.idle()
    const results = attemptsOf(await workbench.detail(1)).map(
      ({ exchanges }) => exchanges[exchanges.length - 1].results[0]
    )
    expect(results.map(({ kind }) => kind)).toEqual(['not-taken', 'kept'])
  })

  it('counts what Kameleoon discarded after the destination had given up waiting', async () => {
    const impatient = {
      ...kameleoon,
      extendRequest: (data: never) => ({ ...kameleoon.extendRequest?.(data), timeout: 600 })
    }
    const workbench = await runningWorkbench({ definition: impatient as never, retry: { retries: 0 } })
    const { context, track, send, events } = workbench
    const [{ id, ...draft }] = context.subscriptions.list()
    await send('PUT', `/api/subscriptions/${id}`, { ...draft, mapping: { ...draft.mapping, goalId: '4711' } })
    context.emulator.faults.add({ ...EVENTS, delayMs: 1_200, times: 1 })
    await track('/v1/track', ORDER)
    await context.delivery.idle()
    expect(await events()).toMatchObject([{ status: 'rejected', discarded: 0 }])
    await until(async () => (await events())[0].discarded === 1, 'the late result')
  })

  it('shows maps that were not accepted, under the visitor a user is linked to', async () => {
    const { workbench, pauses } = await withPauses()
    const { context, track, send } = workbench
    const { id, ...draft } = context.subscriptions.get('identify-calls') ?? { id: '', mapping: {} }
    await send('PUT', `/api/subscriptions/${id}`, draft)
    await track('/v1/identify', { userId: 'user-1', traits: { kameleoonVisitorCode: 'code-1' } })
    await context.delivery.idle()
    context.emulator.faults.add({ path: '/map/maps', method: 'POST', status: 503, times: 1 })
    await track('/v1/identify', { userId: 'user-1', traits: { plan: 'Gold' } })
    await until(() => pauses.length === 1, 'the pause')
    pauses[0].end()
    await context.delivery.idle()
    const [rejected] = attemptsOf(await workbench.detail(2)).map(
      ({ exchanges }) => exchanges[exchanges.length - 1].results
    )
    expect(rejected).toContainEqual(expect.objectContaining({ key: 'IDENTIFY_code-1', kind: 'not-taken' }))
  })

  it('shows maps that were not accepted, by the ids of the event', async () => {
    const { workbench, pauses } = await withPauses()
    workbench.context.emulator.faults.add({ path: '/map/maps', method: 'POST', status: 503, times: 1 })
    await workbench.track('/v1/batch', {
      batch: ['one', 'two'].map((id) => ({
        type: 'identify',
        userId: id,
        traits: { kameleoonVisitorCode: `code-${id}`, plan: id }
      }))
    })
    await until(() => pauses.length === 1, 'the pause')
    pauses[0].end()
    await workbench.context.delivery.idle()
    const [rejected, taken] = attemptsOf(await workbench.detail(2)).map(
      ({ exchanges }) => exchanges[exchanges.length - 1].results
    )
    expect(rejected.map(({ key, kind }) => [key, kind])).toEqual(
      expect.arrayContaining([['IDENTIFY_code-two', 'not-taken']])
    )
    expect(rejected.filter(({ key }) => key.includes('one'))).toEqual([])
    expect(taken).toContainEqual(
      expect.objectContaining({
        key: 'IDENTIFY_code-two',
        kind: 'kept',
        value: expect.objectContaining({ plan: 'two' }) as object
      })
    )
  })
})
