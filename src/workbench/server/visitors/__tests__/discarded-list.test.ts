import { endWorkbenches, runningWorkbench } from '../../../__tests__/running-workbench'
import type { Discarded } from '../../../contract'

afterEach(endWorkbenches)

describe('what was discarded', () => {
  it('names its event, its mapping, its visitor and what to do', async () => {
    const { send, get, events, context } = await runningWorkbench()
    const [{ id, name, ...draft }] = context.subscriptions.list()
    await send('PUT', `/api/subscriptions/${id}`, { ...draft, name, mapping: { ...draft.mapping, goalId: 999_999 } })
    await send('POST', '/api/events', { event: { type: 'track', event: 'Order Completed', userId: 'ana' } })
    await context.delivery.idle()
    const [event] = await events()
    expect(await get<Discarded[]>('/api/discarded')).toMatchObject([
      {
        reason: 'goal unknown in this project',
        advice: expect.stringContaining('Choose a goal of the project') as string,
        visitorCode: 'ana',
        event: { id: event.id, number: 1, type: 'track', name: 'Order Completed', mapping: { id, name } }
      }
    ])
  })

  it('has no event any more after the list was cleared, but still its visitor', async () => {
    const { send, get, context } = await runningWorkbench()
    const [{ id, ...draft }] = context.subscriptions.list()
    await send('PUT', `/api/subscriptions/${id}`, { ...draft, mapping: { ...draft.mapping, goalId: 999_999 } })
    await send('POST', '/api/events', { event: { type: 'track', event: 'Order Completed', userId: 'ana' } })
    await context.delivery.idle()
    await send('DELETE', '/api/events')
    expect(await get<Discarded[]>('/api/discarded')).toMatchObject([{ event: null, visitorCode: 'ana' }])
  })
})
