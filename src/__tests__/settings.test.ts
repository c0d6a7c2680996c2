import { identify, times, track } from './events'
import { FORMS, startKameleoon, type Kameleoon } from './kameleoon'

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64')
const AGAIN = 'Copy it again from Kameleoon: My profile > API credentials.'

const BAD_KEYS: Array<[string, string, string]> = [
  ['blank', '   ', `API Key is empty. ${AGAIN}`],
  ['not base64', 'my key!', `API Key is not base64. ${AGAIN}`],
  ['not JSON', Buffer.from('hello world').toString('base64'), `API Key does not decode to JSON. ${AGAIN}`],
  ['null', base64(null), `API Key does not decode to an object with id and secret. ${AGAIN}`],
  ['a list', base64(['id', 'secret']), `API Key does not decode to an object with id and secret. ${AGAIN}`],
  ['a number', base64(7), `API Key does not decode to an object with id and secret. ${AGAIN}`],
  ['without id', base64({ secret: 'hush' }), `API Key holds no client id. ${AGAIN}`],
  ['without secret', base64({ id: 'me' }), `API Key holds no client secret. ${AGAIN}`],
  ['with a blank id', base64({ id: ' ', secret: 'hush' }), `API Key holds no client id. ${AGAIN}`],
  ['with a secret that is no text', base64({ id: 'me', secret: 5 }), `API Key holds no client secret. ${AGAIN}`]
]

const BAD_SITECODES = ['abc', 'EMULATED01', 'emulated-1', 'emulated012', 'emulated01\n#x', 'é23456789a']
const SITECODE =
  'Sitecode must be 10 lower-case letters and digits, such as abc123def4. Copy it from the project page in Kameleoon.'

async function withSettings(settings: Partial<Kameleoon['settings']>): Promise<Kameleoon> {
  const kameleoon = await startKameleoon()
  kameleoon.settings = { ...kameleoon.settings, ...settings }
  return kameleoon
}

function connectionTest({ destination, settings }: Kameleoon): Promise<unknown> {
  return destination.testAuthentication({ ...settings })
}

describe.each(FORMS)('settings, $form', ({ deliver }) => {
  it.each(BAD_KEYS)(
    'with an API key that is %s reject the event as an error of authentication',
    async (_what, apiKey, errormessage) => {
      const kameleoon = await withSettings({ apiKey })
      expect(await deliver(kameleoon, track('Order Completed'))).toMatchObject({
        ...{ status: 401, errortype: 'INVALID_AUTHENTICATION', errormessage }
      })
      expect(kameleoon.emulator.requests).toEqual([])
    }
  )

  it.each(BAD_SITECODES)('with the site code %j reject the event in words', async (sitecode) => {
    const kameleoon = await withSettings({ sitecode })
    expect(await deliver(kameleoon, track('Order Completed'))).toMatchObject({ status: 400, errormessage: SITECODE })
    expect(kameleoon.emulator.requests).toEqual([])
  })

  it('work with stray spaces and wrapped lines, as copying leaves them', async () => {
    const kameleoon = await startKameleoon()
    const { apiKey, sitecode } = kameleoon.settings
    const half = Math.floor(apiKey.length / 2)
    kameleoon.settings = {
      apiKey: ` ${apiKey.slice(0, half)}\r\n${apiKey.slice(half)}\n`,
      sitecode: `\t${sitecode} `
    }
    expect(await deliver(kameleoon, track('Order Completed'))).toMatchObject({ status: 200 })
    expect(await deliver(kameleoon, identify({ plan: 'gold' }))).toMatchObject({ status: 200 })
    const asked = kameleoon.emulator.requests.map(({ query }) => query.siteCode).filter((code) => code !== undefined)
    expect(new Set(asked)).toEqual(new Set(['emulated01']))
  })

  it('of an account without this project reject the event in words', async () => {
    const kameleoon = await withSettings({ sitecode: 'nosuchcode' })
    expect(await deliver(kameleoon, track('Order Completed'))).toMatchObject({
      status: 404,
      errormessage:
        "Sitecode nosuchcode was not found for this Kameleoon account. Copy it from the project's page in Kameleoon, and check that the API key belongs to the same account."
    })
  })
})

it.each(BAD_KEYS)(
  'give every event of a batch the same outcome for an API key that is %s',
  async (_what, apiKey, errormessage) => {
    const kameleoon = await withSettings({ apiKey })
    const outcomes = await kameleoon.batch(times(3, () => identify({ plan: 'gold' })))
    expect(outcomes.map((outcome) => outcome.errormessage)).toEqual([errormessage, errormessage, errormessage])
  }
)

describe('the connection test', () => {
  it('passes for good settings, with spaces around them', async () => {
    const kameleoon = await withSettings({ sitecode: ' emulated01 ' })
    await expect(connectionTest(kameleoon)).resolves.toBeUndefined()
    expect(kameleoon.emulator.requests.map(({ path }) => path)).toEqual(['/oauth/token', '/sites', '/v3/emulated01'])
  })

  it.each(BAD_KEYS)('says what to do about an API key that is %s', async (_what, apiKey, message) => {
    await expect(connectionTest(await withSettings({ apiKey }))).rejects.toThrow(message)
  })

  it.each([
    [
      'credentials that Kameleoon rejects',
      { apiKey: base64({ id: 'emulator-client-not-real', secret: 'wrong' }) },
      'Kameleoon rejected the API Key: the client id or secret is wrong or has been revoked.'
    ],
    [
      'a site code of another account',
      { sitecode: 'nosuchcode' },
      'Sitecode nosuchcode was not found for this Kameleoon account.'
    ],
    ['a site code that cannot be one', { sitecode: 'nope' }, SITECODE]
  ])('says what to do about %s', async (_what, settings, message) => {
    await expect(connectionTest(await withSettings(settings))).rejects.toThrow(message)
  })

  it('says that Kameleoon cannot be reached', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ reset: 'before' })
    await expect(connectionTest(kameleoon)).rejects.toThrow(
      'The connection to Kameleoon failed during POST /oauth/token'
    )
  })
})
