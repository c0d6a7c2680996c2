import { endWorkbenches, runningWorkbench, type RunningWorkbench } from '../../../__tests__/running-workbench'
import type { EventDetail, ReplayForecast } from '../../../contract'

afterEach(endWorkbenches)

const order = { type: 'track', event: 'Order Completed', userId: 'ana', properties: { revenue: 5 } }

async function withEvent(event: object) {
  const workbench = await runningWorkbench()
  const ids = async (answer: Promise<Response>) => ((await (await answer).json()) as { ids: string[] }).ids
  const [id] = await ids(workbench.send('POST', '/api/events', { event }))
  await workbench.context.delivery.idle()
  const replay = async (of = id): Promise<string> => {
    const [replayed] = await ids(workbench.send('POST', `/api/events/${of}/replay`))
    await workbench.context.delivery.idle()
    return replayed
  }
  return { ...workbench, id, replay, forecast: () => workbench.get<ReplayForecast>(`/api/events/${id}/replay`) }
}

async function change({ context, send }: RunningWorkbench, fields: object): Promise<void> {
  const [{ id, ...draft }] = context.subscriptions.list()
  await send('PUT', `/api/subscriptions/${id}`, { ...draft, mapping: { ...draft.mapping, ...fields } })
}

const kinds = ({ mappings }: ReplayForecast) => mappings.flatMap(({ happens }) => happens.parts.map(({ kind }) => kind))

describe('before a replay it is said', () => {
  it('that the emulator drops it, when the mapping would send the same', async () => {
    const { forecast, context } = await withEvent(order)
    const before = await forecast()
    expect(before).toMatchObject({ target: 'emulator', impossible: null, wasCounted: true, isChanged: false })
    expect(kinds(before)).toEqual(['duplicate'])
    expect(context.emulator.duplicates).toEqual([])
  })

  it('that it counts again, when the mapping was changed, and that it does not after such a replay', async () => {
    const workbench = await withEvent(order)
    await change(workbench, { revenue: 7 })
    const before = await workbench.forecast()
    expect(before).toMatchObject({ wasCounted: true, isChanged: true })
    expect(kinds(before)).toEqual(['kept'])
    await workbench.replay()
    expect(kinds(await workbench.forecast())).toEqual(['duplicate'])
  })

  it('that nothing was counted before, when it failed', async () => {
    const workbench = await withEvent({ ...order, userId: null, anonymousId: 'someone' })
    expect(await workbench.forecast()).toMatchObject({
      ...{ wasCounted: false, isChanged: false },
      mappings: [{ happens: { status: 'failed' } }]
    })
  })

  it('that it is not possible, when Segment would drop it again', async () => {
    const { get, track, events } = await runningWorkbench()
    await track('/v1/track', { event: 'Nobody' })
    const [{ id }] = await events()
    expect(await get(`/api/events/${id}/replay`)).toMatchObject({
      impossible: expect.stringContaining('userId is missing') as string,
      mappings: []
    })
  })

  it('which mappings take it now: none, when they are disabled', async () => {
    const workbench = await withEvent(order)
    const [{ id, ...draft }] = workbench.context.subscriptions.list()
    await workbench.send('PUT', `/api/subscriptions/${id}`, { ...draft, enabled: false })
    expect(await workbench.forecast()).toMatchObject({ isChanged: true, mappings: [] })
  })
})

describe('after a replay it is known', () => {
  const resultsOf = ({ deliveries }: EventDetail) =>
    deliveries.flatMap(({ attempts }) =>
      attempts.flatMap(({ exchanges }) => exchanges.flatMap(({ results }) => results))
    )

  it('which event it repeats, and whether something of that was counted', async () => {
    const { id, replay, get } = await withEvent(order)
    const detail = await get<EventDetail>(`/api/events/${await replay()}`)
    expect(detail.replayOf).toEqual({ id, number: 1, wasCounted: true })
    expect(resultsOf(detail)).toMatchObject([{ what: 'CONVERSION', kind: 'duplicate' }])
    expect((await get<EventDetail>(`/api/events/${id}`)).replayOf).toBeNull()
  })

  it('that it counted again after a changed mapping', async () => {
    const workbench = await withEvent(order)
    await change(workbench, { revenue: 7 })
    const detail = await workbench.get<EventDetail>(`/api/events/${await workbench.replay()}`)
    expect(resultsOf(detail)).toMatchObject([{ what: 'CONVERSION', kind: 'kept' }])
    expect(workbench.context.emulator.visitor('ana')?.conversions).toMatchObject([{ revenue: 5 }, { revenue: 7 }])
  })
})
