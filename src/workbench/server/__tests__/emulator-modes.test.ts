import { endWorkbenches, runningWorkbench } from '../../__tests__/running-workbench'

afterEach(endWorkbenches)

describe('the emulator of a workbench', () => {
  it('behaves as the given modes say, and as usual where they say nothing', async () => {
    const { context } = await runningWorkbench({ modes: { unknownKey: 'not found', unknownKeys: 'null' } })
    const { url, sitecode } = context.emulator
    const headers = { 'user-agent': 'MyCustomUserAgent/1.0' }
    const get = (path: string): Promise<Response> => fetch(`${url}${path}&siteCode=${sitecode}`, { headers })
    expect((await get('/map/map?key=nobody')).status).toBe(404)
    expect(await (await get(`/map/maps?keys=${encodeURIComponent('["nobody"]')}`)).json()).toEqual({ nobody: null })
    expect((await get('/visit/visitor?visitorCode=nobody&maxNumberPreviousVisits=1')).status).toBe(200)
  })
})
