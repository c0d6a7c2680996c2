import type { ActionDefinition } from '@segment/actions-core'
import kameleoon from '../../../destinations/kameleoon'
import { endWorkbenches, runningWorkbench } from '../../__tests__/running-workbench'
import type { EventDetail, Preview } from '../../contract'

afterEach(endWorkbenches)

/** The definition, with what its action for track calls was given. */
function spiedOn() {
  const given: unknown[] = []
  const logEvent = kameleoon.actions.logEvent as ActionDefinition<never>
  const performBatch: typeof logEvent.performBatch = (request, data) => {
    given.push(...(JSON.parse(JSON.stringify(data.payload)) as unknown[]))
    return logEvent.performBatch?.(request, data)
  }
  const actions = { ...kameleoon.actions, logEvent: { ...logEvent, performBatch } }
  return { given, definition: { ...kameleoon, actions } as never }
}

describe('the payload of an event', () => {
  it.each([
    ['empty texts', { userId: '', anonymousId: 'anon-1', properties: { kameleoonVisitorCode: 'visitor-1', note: '' } }],
    ['values that are null', { userId: 'visitor-1', properties: { revenue: null, list: [null, ''] }, context: {} }],
    ['texts of numbers', { userId: 'visitor-1', properties: { revenue: '12.5' } }],
    ['an empty text where a number belongs', { userId: 'visitor-1', properties: { revenue: '' } }]
  ])('is the same as sent and as in the preview: %s', async (_what, event) => {
    const { given, definition } = spiedOn()
    const { track, send, detail, context } = await runningWorkbench({ definition })
    await track('/v1/track', { event: 'Order Completed', ...event })
    await context.delivery.idle()
    const { deliveries, event: whole }: EventDetail = await detail(1)
    expect(given).toHaveLength(1)
    expect(deliveries[0].payload).toEqual(given[0])
    const [{ id: _id, ...subscription }] = context.subscriptions.list()
    const preview = (await (
      await send('POST', '/api/subscriptions/preview', { subscription, event: whole })
    ).json()) as Preview
    const { happens, ...mapped } = preview
    expect(mapped).toEqual({ matched: true, whyNot: null, payload: given[0], problems: [], stored: [] })
    expect(happens).toMatchObject({ status: 'sent', parts: [{ what: 'CONVERSION', kind: 'kept' }] })
  })

  it('is shown as mapped when a field is not valid', async () => {
    const { track, detail, context } = await runningWorkbench()
    await track('/v1/track', { userId: 'visitor-1', event: 'Order Completed', properties: { revenue: 'a lot' } })
    await context.delivery.idle()
    const [{ payload, status }] = (await detail(1)).deliveries
    expect(status).toBe('rejected')
    expect(payload).toMatchObject({ event: 'Order Completed', revenue: 'a lot' })
  })
})
