import { apiOf } from '../../../__tests__/call-api'
import { endWorkbenches, runningWorkbench } from '../../../__tests__/running-workbench'

afterEach(endWorkbenches)

const SECRET = 'a-secret-nobody-may-see'
const KEY = Buffer.from(JSON.stringify({ id: 'client', secret: SECRET })).toString('base64')

describe('the routes of settings', () => {
  it('show, change and reset settings, and never tell a secret', async () => {
    const workbench = await runningWorkbench()
    const call = apiOf(workbench)
    const first = await call('GET /settings')
    expect(first.body).toEqual({ target: 'emulator', values: { sitecode: 'emulated01' }, secretsSet: ['apiKey'] })
    const changed = await call('PUT /settings', { target: 'real', values: { apiKey: KEY, sitecode: 'abcdefghij' } })
    expect(changed.body).toEqual({ target: 'real', values: { sitecode: 'abcdefghij' }, secretsSet: ['apiKey'] })
    expect((await call('GET /state')).body).toMatchObject({ target: { kind: 'real', sitecode: 'abcdefghij' } })
    const reset = await call('POST /settings/reset')
    expect(reset.body).toEqual(first.body)
    expect([first, changed, reset].map(({ text }) => text).join()).not.toMatch(new RegExp(`${KEY}|${SECRET}`))
  })

  it('show what is kept for a target that is not the present one, and change nothing by that', async () => {
    const call = apiOf(await runningWorkbench())
    await call('PUT /settings', { target: 'real', values: { apiKey: KEY, sitecode: 'abcdefghij' } })
    await call('PUT /settings', { target: 'emulator', values: { sitecode: 'emulated01' } })
    const other = await call('GET /settings?target=real')
    expect(other.body).toEqual({ target: 'real', values: { sitecode: 'abcdefghij' }, secretsSet: ['apiKey'] })
    expect(other.text).not.toContain(KEY)
    expect((await call('GET /settings')).body).toMatchObject({ target: 'emulator', values: { sitecode: 'emulated01' } })
    expect(await call('GET /settings?target=mars')).toMatchObject({ status: 400 })
  })

  it('reject settings that the definition does not want, by field', async () => {
    const call = apiOf(await runningWorkbench())
    expect(await call('PUT /settings', { values: { sitecode: 'abcdefghij', site: 'x' } })).toMatchObject({
      status: 400,
      body: {
        error: {
          message:
            'The settings are not saved: There is no setting "site"; known settings are apiKey, sitecode, dataRegion',
          problems: [{ field: 'values.site' }]
        }
      }
    })
    const region = await call('PUT /settings', { values: { sitecode: 'abcdefghij', dataRegion: 'MARS' } })
    expect(region.body).toMatchObject({ error: { problems: [{ field: 'values.dataRegion' }] } })
    const without = await call('PUT /settings', { target: 'real', values: { sitecode: 'abcdefghij' } })
    expect(without.body).toMatchObject({ error: { problems: [{ field: 'values.apiKey' }] } })
    expect((await call('GET /settings')).body).toMatchObject({ target: 'emulator', values: { sitecode: 'emulated01' } })
  })
})

describe('the test of the connection', () => {
  it('tells that all is well', async () => {
    const call = apiOf(await runningWorkbench())
    expect((await call('POST /settings/test')).body).toEqual({ ok: true, message: 'Kameleoon accepts these settings.' })
  })

  it('tries settings without saving them, and fails in the words of the destination', async () => {
    const call = apiOf(await runningWorkbench())
    const { body } = await call('POST /settings/test', { values: { sitecode: 'zzzzzzzzzz' } })
    expect(body).toEqual({
      ok: false,
      message: expect.stringMatching(/^Sitecode zzzzzzzzzz was not found for this Kameleoon account/) as string
    })
    expect((await call('GET /settings')).body).toMatchObject({ values: { sitecode: 'emulated01' } })
  })

  it('tells no secret, whatever is wrong with it', async () => {
    const call = apiOf(await runningWorkbench())
    for (const apiKey of [KEY, SECRET, `${KEY}=`, Buffer.from(JSON.stringify({ id: SECRET })).toString('base64')]) {
      const { text, body } = await call('POST /settings/test', { values: { apiKey, sitecode: 'emulated01' } })
      expect(body).toMatchObject({ ok: false })
      expect(text).not.toContain(SECRET)
      expect(text).not.toContain(apiKey)
    }
  })
})
