import { apiOf } from '../../../__tests__/call-api'
import { endWorkbenches, runningWorkbench } from '../../../__tests__/running-workbench'

afterEach(endWorkbenches)

describe('bad input', () => {
  it('that is no JSON is told where it breaks', async () => {
    const call = apiOf(await runningWorkbench())
    expect(await call('PUT /settings', '{"values": {')).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(/^The body is not JSON: .*position 12/) as string } }
    })
  })

  it('that is nested too deeply is rejected in words, and an event so deep is no exception', async () => {
    const call = apiOf(await runningWorkbench())
    const deep = '['.repeat(20_000) + ']'.repeat(20_000)
    expect(await call('POST /events', `{"event": ${deep}}`)).toMatchObject({
      status: 400,
      body: { error: { message: 'The body is nested more than 1000 levels deep.' } }
    })
    const less = JSON.parse('['.repeat(700) + ']'.repeat(700)) as unknown
    const event = { type: 'track', userId: 'u', event: 'Deep', properties: { less } }
    expect(await call('POST /events', { event })).toMatchObject({
      status: 400,
      body: { error: { problems: [{ field: 'event', message: 'is nested more than 500 levels deep' }] } }
    })
  })

  it('in an address is told in the form of all other errors', async () => {
    const call = apiOf(await runningWorkbench())
    expect(await call('GET /events/%E0%A4%A')).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('is not a valid url component') as string } }
    })
  })

  it('that fits none of several forms is told without the forms', async () => {
    const call = apiOf(await runningWorkbench())
    expect((await call('POST /events', {})).body).toMatchObject({
      error: {
        problems: [
          { field: 'event', message: 'is missing' },
          { field: 'events', message: 'is missing' }
        ]
      }
    })
  })

  it('has every problem told with its field', async () => {
    const call = apiOf(await runningWorkbench())
    const { status, body } = await call('POST /subscriptions', { name: '', enabled: 'yes', subscribe: 5, mapping: [] })
    expect(status).toBe(400)
    expect(body).toEqual({
      error: {
        message: 'POST /api/subscriptions cannot be done: "partnerAction" is missing',
        problems: [
          { field: 'partnerAction', message: 'is missing' },
          { field: 'name', message: 'must NOT have fewer than 1 characters' },
          { field: 'subscribe', message: 'must be string' },
          { field: 'enabled', message: 'must be boolean' },
          { field: 'mapping', message: 'must be object' }
        ]
      }
    })
  })

  it('is never read as something else: a number is no text, and a text no number', async () => {
    const call = apiOf(await runningWorkbench())
    const draft = { name: 7, partnerAction: 'logEvent', subscribe: 'type = "track"', enabled: 'true', mapping: {} }
    expect((await call('POST /subscriptions/check', draft)).body).toMatchObject({
      error: { problems: [{ field: 'name' }, { field: 'enabled' }] }
    })
    expect((await call('PUT /faults/slow', { on: true, times: '2' })).body).toMatchObject({
      error: { problems: [{ field: 'times', message: 'must be integer' }] }
    })
  })

  it('names the values that are possible', async () => {
    const call = apiOf(await runningWorkbench())
    expect((await call('PUT /settings', { target: 'mars', values: {} })).body).toMatchObject({
      error: { problems: [{ field: 'target', message: 'must be equal to one of the allowed values: emulator, real' }] }
    })
  })

  it('that asks for what there is not is told so', async () => {
    const call = apiOf(await runningWorkbench())
    expect(await call('GET /nothing?x=1')).toMatchObject({
      status: 404,
      body: { error: { message: 'There is no GET /api/nothing.' } }
    })
    expect(await call('PUT /destination', {})).toMatchObject({
      status: 404,
      body: { error: { message: 'There is no PUT /api/destination.' } }
    })
  })

  it('cannot pollute what every object has', async () => {
    const call = apiOf(await runningWorkbench())
    const { status } = await call(
      'PUT /settings',
      '{"values": {"__proto__": {"polluted": true}, "sitecode": "abcdefghij"}}'
    )
    expect(status).toBe(400)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('comes back without the secrets in it', async () => {
    const workbench = await runningWorkbench()
    const call = apiOf(workbench)
    const { apiKey } = workbench.context.emulator
    const { status, text } = await call(`GET /events/${apiKey}`)
    expect(status).toBe(404)
    expect(text).not.toContain(apiKey)
    expect((await call(`GET /${apiKey}`)).text).not.toContain(apiKey)
  })
})
