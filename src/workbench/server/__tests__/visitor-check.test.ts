import { apiOf } from '../../__tests__/call-api'
import { endWorkbenches, runningWorkbench } from '../../__tests__/running-workbench'
import type { Deletion, VisitorCheck } from '../../contract'

afterEach(endWorkbenches)

async function started() {
  const { context, ...workbench } = await runningWorkbench({ retry: { retries: 1, wait: () => Promise.resolve() } })
  const call = apiOf(workbench)
  const send = async (...events: object[]): Promise<string[]> => {
    const { body } = await call('POST /events', { events })
    await context.delivery.idle()
    return (body as { ids: string[] }).ids
  }
  const check = async (code: string) =>
    (await call(`GET /visitors/${encodeURIComponent(code)}/check`)).body as VisitorCheck
  return { context, call, send, check }
}

const order = (visitor: string, revenue: number) => ({
  ...{ type: 'track', event: 'Order Completed', userId: 'user-1' },
  properties: { kameleoonVisitorCode: visitor, revenue }
})

describe('the check of a visitor', () => {
  it('has what was sent and kept, with the event that it was made of', async () => {
    const { send, check } = await started()
    const [id] = await send(order('visitor-1', 49.9), order('visitor-2', 1))
    const { events, counts, problem, visits } = await check('visitor-1')
    expect({ problem, counts }).toEqual({
      problem: null,
      counts: { kept: 1, 'not-found': 0, 'not-sent': 0, found: 0, 'not-known': 0 }
    })
    expect(visits).toMatchObject([{ isCurrent: true, events: 1 }])
    expect(events).toMatchObject([
      {
        ...{ state: 'kept', eventType: 'CONVERSION', what: 'goal 310001, revenue 49.9', differences: [], reason: null },
        source: { id, name: 'Order Completed' },
        sent: { goalId: 310001, revenue: 49.9 },
        found: { goalId: 310001, revenue: 49.9 }
      }
    ])
  })

  it('marks what Kameleoon has lost, what it did not take, and what others have sent', async () => {
    const { context, send, check } = await started()
    await send(order('visitor-1', 10))
    context.emulator.reset()
    await send(order('visitor-1', 20))
    context.emulator.faults.add({ path: '/visit/events', status: 403 })
    await send(order('visitor-1', 30))
    context.emulator.faults.clear()
    const { url, sitecode } = context.emulator
    const event = {
      eventType: 'PAGE',
      visitorCode: 'visitor-1',
      nonce: '0123456789ABCDEF',
      href: 'https://shop.example'
    }
    await fetch(`${url}/visit/events?siteCode=${sitecode}&json=true`, {
      ...{ method: 'POST', body: JSON.stringify([event]) },
      headers: { 'user-agent': 'Shop/1.0', 'content-type': 'application/json' }
    })
    const { events } = await check('visitor-1')
    const byWhat = Object.fromEntries(events.map(({ what, state, reason }) => [what, [state, reason]]))
    expect(byWhat).toEqual({
      'goal 310001, revenue 10': ['not-found', expect.stringMatching(/^It was sent less than a minute ago/)],
      'goal 310001, revenue 20': ['kept', null],
      'goal 310001, revenue 30': ['not-found', 'Kameleoon answered 403.'],
      'https://shop.example': ['not-sent', null]
    })
  })

  it('has an event that was sent again once, as taken', async () => {
    const { context, send, check } = await started()
    context.emulator.faults.add({ path: '/visit/events', status: 500, times: 1 })
    await send(order('visitor-1', 10))
    expect(await check('visitor-1')).toMatchObject({ counts: { kept: 1, 'not-found': 0 }, events: [{}] })
  })

  it('says why Kameleoon cannot be asked, and what was sent', async () => {
    const { context, send, check } = await started()
    await send(order('visitor-1', 10))
    context.emulator.faults.add({ path: '/visit/visitor', status: 403, body: { message: 'No access' } })
    const { problem, events } = await check('visitor-1')
    expect(problem).toMatch(/403 .*No access\. Reading visits needs Feature Experimentation/)
    expect(events).toMatchObject([{ state: 'not-known', what: 'goal 310001, revenue 10' }])
  })

  it('is empty for a visitor of whom nothing is known', async () => {
    const { check } = await started()
    expect(await check('nobody/é')).toMatchObject({ visitorCode: 'nobody/é', problem: null, visits: [], events: [] })
  })
})

describe('a deletion', () => {
  const identify = { type: 'identify', userId: 'user-1', traits: { kameleoonVisitorCode: 'visitor-1', plan: 'gold' } }

  it('forgets the linked visitor, empties what is stored, and says so', async () => {
    const { context, call, send } = await started()
    await send(identify, order('visitor-1', 10))
    const { status, body } = await call('POST /deletions', { userId: 'user-1' })
    expect(status).toBe(200)
    expect(body).toEqual({
      visitors: [
        { visitorCode: 'visitor-1', isForgotten: true },
        { visitorCode: 'user-1', isForgotten: true }
      ],
      keys: expect.arrayContaining([
        { key: 'IDENTIFY_visitor-1', fields: ['plan'], isEmptied: true },
        { key: 'IDENTIFY_user-1', fields: ['plan'], isEmptied: true },
        { key: 'COHORTS_visitor-1', fields: [], isEmptied: true },
        { key: 'LINK_user-1', fields: ['kameleoonVisitorCode'], isEmptied: true }
      ]) as unknown,
      failure: null
    })
    expect(context.emulator.visitors()).toEqual([])
    expect(context.emulator.maps()).toEqual({})
  })

  it('that fails in the middle says what is done, and can be sent again', async () => {
    const { context, call, send } = await started()
    await send(identify)
    context.emulator.faults.add({ path: '/map/maps', method: 'POST', status: 503, times: 1 })
    const failed = (await call('POST /deletions', { userId: 'user-1' })).body as Deletion
    expect(failed.failure).toMatchObject({ message: expect.stringMatching(/503/) as string, isRetryable: true })
    expect(failed.visitors.every(({ isForgotten }) => isForgotten)).toBe(true)
    expect(failed.keys.some(({ isEmptied }) => isEmptied)).toBe(false)
    expect((await call('POST /deletions', { userId: 'user-1' })).body).toMatchObject({ failure: null })
    expect(context.emulator.maps()).toEqual({})
  })

  it('of a placeholder deletes nobody', async () => {
    const { call } = await started()
    const { body } = await call('POST /deletions', { userId: 'null' })
    expect(body).toMatchObject({ visitors: [], keys: [], failure: { isRetryable: false } })
    expect((body as Deletion).failure?.message).toContain('userId is "null"')
  })
})
