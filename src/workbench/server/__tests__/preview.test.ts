import { apiOf } from '../../__tests__/call-api'
import { endWorkbenches, runningWorkbench, type RunningWorkbench } from '../../__tests__/running-workbench'
import type { EventPreview, Happens } from '../../contract'

afterEach(endWorkbenches)

const order = {
  ...{ type: 'track', event: 'Order Completed', userId: 'user-1' },
  properties: { kameleoonVisitorCode: 'visitor-1', revenue: 49.9, currency: 'EUR' }
}

async function previewsOf(workbench: RunningWorkbench, ...events: object[]): Promise<EventPreview[]> {
  const { body } = await apiOf(workbench)('POST /events/preview', { events })
  return (body as { previews: EventPreview[] }).previews
}

/** What happens in the only mapping that takes the event. */
async function happensOf(workbench: RunningWorkbench, event: object): Promise<Happens> {
  const [{ mappings }] = await previewsOf(workbench, event)
  const taking = mappings.filter(({ matched }) => matched)
  expect(taking).toHaveLength(1)
  return taking[0].happens
}

describe('what happens, with the emulator as target', () => {
  it('is a conversion of an existing goal, with its amount and currency', async () => {
    const workbench = await runningWorkbench()
    expect(await happensOf(workbench, order)).toEqual({
      status: 'sent',
      reason: null,
      parts: [
        {
          ...{ what: 'CONVERSION', key: expect.any(String) as string, visitorCode: 'visitor-1' },
          ...{ kind: 'kept', reason: null, value: { goalId: 310_001, revenue: 49.9, negative: false } },
          ...{ name: 'Order Completed', goal: 'known', currency: 'EUR' }
        }
      ]
    })
  })

  it('is a conversion of a goal that would be created, and none is', async () => {
    const workbench = await runningWorkbench()
    const { emulator } = workbench.context
    const before = emulator.goals.length
    const { parts } = await happensOf(workbench, { ...order, event: 'Wishlist Shared' })
    expect(parts).toMatchObject([{ name: 'SegmentIO track - Wishlist Shared', goal: 'new', kind: 'kept' }])
    expect(await happensOf(workbench, { ...order, event: 'Wishlist Shared' })).toMatchObject({
      parts: [{ goal: 'new' }]
    })
    expect(emulator.goals).toHaveLength(before)
  })

  it('is a discarded conversion where the mapping names a goal that does not exist', async () => {
    const workbench = await runningWorkbench()
    const [{ id, ...track }] = workbench.context.subscriptions.list()
    await apiOf(workbench)(`PUT /subscriptions/${id}`, { ...track, mapping: { ...track.mapping, goalId: 4711 } })
    const { parts } = await happensOf(workbench, order)
    expect(parts).toMatchObject([{ goal: 'missing', name: null, kind: 'discarded', value: { goalId: 4711 } }])
    expect(parts[0].reason).toContain('goal')
  })

  it('is a page view, and a conversion of the goal of the page', async () => {
    const workbench = await runningWorkbench()
    const properties = { url: 'https://shop.example.com/pricing', title: 'Pricing' }
    const { parts } = await happensOf(workbench, { type: 'page', userId: 'user-1', name: 'Pricing', properties })
    expect(parts).toMatchObject([
      { what: 'PAGE', value: { href: 'https://shop.example.com/pricing', title: 'Pricing' }, kind: 'kept' },
      { what: 'CONVERSION', name: 'SegmentIO page - Pricing', goal: 'known' }
    ])
  })

  it('is stored data and links', async () => {
    const workbench = await runningWorkbench()
    const traits = { kameleoonVisitorCode: 'visitor-1', plan: 'Gold' }
    const { parts } = await happensOf(workbench, { type: 'identify', userId: 'user-1', traits })
    expect(parts.map(({ key, value, kind }) => [key, value, kind])).toEqual([
      ['IDENTIFY_visitor-1', { plan: 'Gold' }, 'kept'],
      ['IDENTIFY_user-1', { plan: 'Gold' }, 'kept'],
      ['LINK_user-1', { kameleoonVisitorCode: 'visitor-1' }, 'kept']
    ])
    expect(workbench.context.emulator.maps()).toEqual({})
  })

  it('is custom data by its name in the project', async () => {
    const workbench = await runningWorkbench()
    const { subscriptions } = workbench.context
    const { id, ...identify } = subscriptions.list().find(({ partnerAction }) => partnerAction === 'identifyEvent')!
    const mapping = { ...identify.mapping, customData: { '1': 'Gold' } }
    await apiOf(workbench)(`PUT /subscriptions/${id}`, { ...identify, mapping })
    const { parts } = await happensOf(workbench, { type: 'identify', userId: 'user-1', traits: {} })
    expect(parts).toMatchObject([{ what: 'CUSTOMDATA', name: 'Plan', kind: 'kept', value: { index: 1 } }])
  })

  it('uses the links that are stored now', async () => {
    const workbench = await runningWorkbench()
    const anonymous = { type: 'track', event: 'Order Completed', anonymousId: 'browser-1' }
    expect(await happensOf(workbench, anonymous)).toMatchObject({ status: 'failed', parts: [] })
    const traits = { kameleoonVisitorCode: 'visitor-1', plan: 'Gold' }
    await workbench.send('POST', '/api/events', { event: { ...anonymous, type: 'identify', userId: 'user-1', traits } })
    await workbench.context.delivery.idle()
    const { parts } = await happensOf(workbench, anonymous)
    expect(parts).toMatchObject([{ what: 'CONVERSION', visitorCode: 'visitor-1' }])
  })

  it('is a duplicate for an event that Kameleoon has already, and also for the second of two equal ones', async () => {
    const workbench = await runningWorkbench()
    const event = { ...order, messageId: 'message-1' }
    const both = await previewsOf(workbench, event, event)
    expect(both.map(({ mappings }) => mappings[0].happens.parts[0].kind)).toEqual(['kept', 'duplicate'])
    await workbench.send('POST', '/api/events', { event: { ...event, timestamp: '2026-01-02T03:04:05.000Z' } })
    await workbench.context.delivery.idle()
    expect(await happensOf(workbench, event)).toMatchObject({ parts: [{ kind: 'duplicate' }] })
  })

  it('says why an event fails: no visitor code, a wrong value, and what Segment drops', async () => {
    const workbench = await runningWorkbench()
    const reasonOf = async (event: object): Promise<unknown> => (await happensOf(workbench, event)).reason
    expect(await reasonOf({ type: 'track', event: 'Order Completed', anonymousId: 'a' })).toContain(
      'kameleoonVisitorCode is missing.'
    )
    expect(await reasonOf({ ...order, properties: { revenue: 'a lot' } })).toContain('number')
    expect(await previewsOf(workbench, { type: 'track', userId: 'a' })).toEqual([
      {
        status: 'failed',
        reason: 'Segment would drop this: event is missing: a track call needs the name of the event.',
        mappings: []
      }
    ])
  })

  it('says why an event is filtered: by every mapping, by its integrations, and without mappings', async () => {
    const workbench = await runningWorkbench()
    const [alias, off] = await previewsOf(
      workbench,
      { type: 'alias', userId: 'a', previousId: 'b' },
      { ...order, integrations: { All: false } }
    )
    expect(alias).toMatchObject({ status: 'filtered', reason: 'No mapping takes this event.' })
    expect(alias.mappings[0]).toMatchObject({ matched: false, happens: { status: 'filtered', parts: [] } })
    expect(alias.mappings[0].happens.reason).toBe('type = "track", but it is "alias"')
    expect(off).toMatchObject({ status: 'filtered', mappings: [] })
    for (const { id } of [...workbench.context.subscriptions.list()]) {
      await apiOf(workbench)(`DELETE /subscriptions/${id}`)
    }
    expect(await previewsOf(workbench, order)).toEqual([
      { status: 'filtered', reason: 'No mapping is enabled.', mappings: [] }
    ])
  })

  it('sends nothing, uses up no fault and leaves no trace in the emulator', async () => {
    const workbench = await runningWorkbench()
    const { emulator, events } = workbench.context
    emulator.faults.add({ path: '/visit/events', status: 500, times: 1 })
    expect(await happensOf(workbench, order)).toMatchObject({ status: 'sent' })
    expect(emulator.totals).toMatchObject({ requests: {}, discarded: 0, duplicates: 0 })
    expect(emulator.requests).toEqual([])
    expect(emulator.visitors()).toEqual([])
    expect(emulator.tokensIssued).toBe(0)
    expect(events.all()).toEqual([])
  })
})

describe('what happens, with the real Kameleoon as target', () => {
  const real = { apiKey: Buffer.from('{"id":"a","secret":"b"}').toString('base64'), sitecode: 'abc123def4' }

  it('names goals by the event, and claims neither that they exist nor that anything is kept', async () => {
    const workbench = await runningWorkbench({ credentials: { ...real, dataRegion: 'NA' } })
    expect(await happensOf(workbench, order)).toMatchObject({
      status: 'sent',
      parts: [
        {
          ...{ what: 'CONVERSION', kind: 'unknown', goal: 'assumed', name: 'Order Completed', currency: 'EUR' },
          value: { revenue: 49.9, negative: false }
        }
      ]
    })
    const [{ id, ...track }] = workbench.context.subscriptions.list()
    await apiOf(workbench)(`PUT /subscriptions/${id}`, { ...track, mapping: { ...track.mapping, goalId: 4711 } })
    expect(await happensOf(workbench, order)).toMatchObject({
      parts: [{ goal: 'unknown', name: null, kind: 'unknown', value: { goalId: 4711 } }]
    })
  })

  it('says what is wrong with the settings', async () => {
    const workbench = await runningWorkbench({ credentials: { ...real, sitecode: 'short' } })
    const { status, reason } = await happensOf(workbench, order)
    expect(status).toBe('failed')
    expect(reason).toContain('Sitecode must be 10 lower-case letters and digits')
  })
})
