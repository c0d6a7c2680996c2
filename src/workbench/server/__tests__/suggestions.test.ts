import { endWorkbenches, runningWorkbench } from '../../__tests__/running-workbench'
import type { Suggestions } from '../../contract'

afterEach(endWorkbenches)

const events = [
  { type: 'track', event: 'Signed Up', userId: 'ana' },
  { type: 'track', event: 'Order Completed', properties: { kameleoonVisitorCode: 'visitor-1' }, userId: 'ben' },
  { type: 'page', name: 'Pricing', userId: 'ana' },
  { type: 'group', groupId: 'company-1', userId: 'ana' }
]

describe('suggestions for a new event', () => {
  it('are the events of the goals, then what was received, each once', async () => {
    const { get, send } = await runningWorkbench()
    await send('POST', '/api/events', { events })
    expect(await get<Suggestions>('/api/events/suggestions')).toEqual({
      eventNames: ['Order Completed', 'Newsletter signup', 'Product Added', 'Signed Up'],
      pageNames: ['Pricing'],
      groupIds: ['company-1'],
      visitorCodes: ['ana', 'visitor-1']
    })
  })

  it('do not name the goals of the emulator when events go to the real Kameleoon', async () => {
    const credentials = { apiKey: Buffer.from('{"id":"a","secret":"b"}').toString('base64'), sitecode: 'abc123def4' }
    const { get } = await runningWorkbench({ credentials })
    expect(await get<Suggestions>('/api/events/suggestions')).toMatchObject({ eventNames: [], visitorCodes: [] })
  })
})
