import type { DestinationDefinition, DynamicFieldResponse, JSONObject, RequestFn } from '@segment/actions-core'
import { apiOf } from '../../__tests__/call-api'
import { endWorkbenches, runningWorkbench } from '../../__tests__/running-workbench'
import { liveChoices } from '../destination/live-choices'

afterEach(endWorkbenches)

const choice = (label: string) => ({ label, value: label })

/** A definition whose one dropdown answers as told, page by page. */
function answering(answer: (page: number) => DynamicFieldResponse): DestinationDefinition<JSONObject> {
  const choose: RequestFn<JSONObject, never, DynamicFieldResponse> = (_request, { page }) =>
    Promise.resolve(answer(Number(page)))
  return {
    name: 'Answering',
    mode: 'cloud',
    authentication: {
      scheme: 'custom',
      fields: { token: { label: 'T', description: 'T', type: 'password', required: true } }
    },
    actions: {
      act: {
        title: 'Act',
        description: 'Acts.',
        fields: { goal: { label: 'Goal', description: 'Goal', type: 'string', dynamic: true } },
        // The type of a field's dropdown depends on a payload type that is made for each action.
        dynamicFields: { goal: choose } as never,
        perform: () => undefined
      }
    }
  }
}

const settings = { token: 'a-token-that-is-secret' }

describe('live choices', () => {
  it('come from Kameleoon with the current settings', async () => {
    const workbench = await runningWorkbench()
    const call = apiOf(workbench)
    workbench.context.emulator.addGoal({ name: 'Brand new', status: 'INACTIVE' })
    const goals = await call('POST /actions/logEvent/choices', { path: 'goalId', query: 'new' })
    expect(goals.body).toMatchObject({
      choices: [{ label: 'Newsletter signup' }, { label: 'Brand new (inactive)' }],
      nextPage: null,
      error: null
    })
    const keys = await call('POST /actions/logEvent/choices', { path: 'customData.__keys__' })
    expect((keys.body as { choices: unknown[] }).choices[0]).toEqual({
      label: 'Plan',
      value: '1',
      description: 'Index 1'
    })
  })

  it('describe a failure without secrets', async () => {
    const call = apiOf(await runningWorkbench())
    const secret = 'some-secret-nobody-may-see'
    const apiKey = Buffer.from(JSON.stringify({ id: 'a', secret })).toString('base64')
    await call('PUT /settings', { values: { apiKey, sitecode: 'emulated01' } })
    const { body, text } = await call('POST /actions/logEvent/choices', { path: 'goalId' })
    expect(body).toMatchObject({
      choices: [],
      error: expect.stringContaining('Kameleoon rejected the API Key') as string
    })
    expect(text).not.toContain(secret)
    expect(text).not.toContain(apiKey)
  })

  it('say that a field has no choices, and that an action is unknown', async () => {
    const call = apiOf(await runningWorkbench())
    expect((await call('POST /actions/logEvent/choices', { path: 'userId' })).body).toEqual({
      choices: [],
      nextPage: null,
      error: 'No dynamic field named userId found.'
    })
    expect(await call('POST /actions/constructor/choices', { path: 'userId' })).toMatchObject({ status: 404 })
    expect(await call('POST /actions/logEvent/choices', {})).toMatchObject({
      status: 400,
      body: { error: { problems: [{ field: 'path', message: 'is missing' }] } }
    })
  })

  it('come page by page', async () => {
    const definition = answering((page) => ({
      choices: [choice(`goal ${page}`)],
      nextPage: page < 3 ? String(page + 1) : ''
    }))
    expect(await liveChoices(definition, 'act', settings, { path: 'goal' })).toEqual({
      choices: [choice('goal 1')],
      nextPage: '2',
      error: null
    })
    expect(await liveChoices(definition, 'act', settings, { path: 'goal', page: '3' })).toMatchObject({
      nextPage: null
    })
  })

  it('are searched over a limited number of pages', async () => {
    let asked = 0
    const endless = answering((page) => {
      asked++
      return { choices: [choice(`goal ${page}`)], nextPage: String(page + 1) }
    })
    const found = await liveChoices(endless, 'act', settings, { path: 'goal', query: 'GOAL 17' })
    expect(found).toEqual({ choices: [choice('goal 17')], nextPage: '21', error: null })
    expect(asked).toBe(20)
  })

  it('describe an error that the definition throws, without the secrets in it', async () => {
    const throwing = answering(() => {
      throw new Error(`cannot reach https://example.com?token=${settings.token}`)
    })
    expect(await liveChoices(throwing, 'act', settings, { path: 'goal' })).toEqual({
      choices: [],
      nextPage: null,
      error: 'cannot reach https://example.com?token=<redacted>'
    })
  })
})
