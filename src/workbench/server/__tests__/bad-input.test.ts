import { apiOf, type CallApi } from '../../__tests__/call-api'
import { endWorkbenches, runningWorkbench, type RunningWorkbench } from '../../__tests__/running-workbench'

let workbench: RunningWorkbench
let call: CallApi

// All of these requests are rejected and change nothing, so one workbench is enough.
beforeAll(async () => {
  workbench = await runningWorkbench()
  call = apiOf(workbench)
})

afterAll(endWorkbenches)

describe('bad input', () => {
  it('that is not JSON is rejected with the place of the error', async () => {
    expect(await call('PUT /settings', '{"values": {')).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(/^The body is not JSON: .*position 12/) as string } }
    })
  })

  it('that is nested too deeply is rejected, in a body and in an event', async () => {
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

  it('in an address is answered in the form of all other errors', async () => {
    expect(await call('GET /events/%E0%A4%A')).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('is not a valid url component') as string } }
    })
  })

  it('that fits none of several forms is answered with the missing fields', async () => {
    expect((await call('POST /events', {})).body).toMatchObject({
      error: {
        problems: [
          { field: 'event', message: 'is missing' },
          { field: 'events', message: 'is missing' }
        ]
      }
    })
  })

  it('is answered with every problem and its field', async () => {
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

  it('is not converted: a number is not accepted as text, nor a text as a number', async () => {
    const draft = { name: 7, partnerAction: 'logEvent', subscribe: 'type = "track"', enabled: 'true', mapping: {} }
    expect((await call('POST /subscriptions/check', draft)).body).toMatchObject({
      error: { problems: [{ field: 'name' }, { field: 'enabled' }] }
    })
    expect((await call('PUT /faults/slow', { on: true, times: '2' })).body).toMatchObject({
      error: { problems: [{ field: 'times', message: 'must be integer' }] }
    })
  })

  it('is answered with the allowed values', async () => {
    expect((await call('PUT /settings', { target: 'mars', values: {} })).body).toMatchObject({
      error: { problems: [{ field: 'target', message: 'must be equal to one of the allowed values: emulator, real' }] }
    })
  })

  it('for an unknown route is answered with 404', async () => {
    expect(await call('GET /nothing?x=1')).toMatchObject({
      status: 404,
      body: { error: { message: 'There is no GET /api/nothing.' } }
    })
    expect(await call('PUT /destination', {})).toMatchObject({
      status: 404,
      body: { error: { message: 'There is no PUT /api/destination.' } }
    })
  })

  it('cannot change the prototype of objects', async () => {
    const { status } = await call(
      'PUT /settings',
      '{"values": {"__proto__": {"polluted": true}, "sitecode": "abcdefghij"}}'
    )
    expect(status).toBe(400)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('is quoted without secrets', async () => {
    const { apiKey } = workbench.context.emulator
    const { status, text } = await call(`GET /events/${apiKey}`)
    expect(status).toBe(404)
    expect(text).not.toContain(apiKey)
    expect((await call(`GET /${apiKey}`)).text).not.toContain(apiKey)
  })
})
