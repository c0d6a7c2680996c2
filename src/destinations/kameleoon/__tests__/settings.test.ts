import { CredentialsError } from '../kameleoon-api/errors'
import { connectionFrom } from '../settings'
import {
  apiKeyOf,
  callsTo,
  errorFrom,
  FAKE_API_KEY,
  kameleoon,
  SETTINGS,
  startFromEmpty
} from './__helpers__/kameleoon'
import { runBatch } from './__helpers__/segment'

const EVENTS = 'POST /visit/events'

beforeEach(startFromEmpty)

const settingError = (message: string) =>
  expect.objectContaining({ message, code: 'INVALID_SETTING', status: 400 }) as Error

describe('the settings', () => {
  it('open one project at Kameleoon', () => {
    expect(connectionFrom(SETTINGS)).toEqual({
      credentials: { id: 'fake-id', secret: 'fake-secret' },
      siteCode: 'abc123def4',
      dataHost: 'https://eu-data.kameleoon.io',
      accountDigest: expect.stringMatching(/^[0-9a-f]{64}$/) as string
    })
  })

  it.each([
    ['around the site code', { sitecode: '  abc123def4\n' }],
    ['around the API key', { apiKey: `\t${FAKE_API_KEY} \n` }],
    ['around the region', { dataRegion: ' EU ' }],
    ['in place of a region', { dataRegion: ' ' }]
  ])('forgive spaces %s', (_case, changed) => {
    expect(connectionFrom({ ...SETTINGS, ...changed })).toEqual(connectionFrom(SETTINGS))
  })

  it.each([
    '',
    '   ',
    'abc123def',
    'abc123def45',
    'ABC123DEF4',
    'abc 123def',
    'abc-23def4',
    'äbc123def4',
    'abc123def4/..'
  ])('reject the site code %j in words that say what one looks like', (sitecode) => {
    expect(() => connectionFrom({ ...SETTINGS, sitecode })).toThrow(
      settingError(
        'Sitecode must be 10 lower-case letters and digits, such as abc123def4. Copy it from the project page in Kameleoon.'
      )
    )
  })

  it.each(['eu', 'US', 'https://evil.example', 'constructor', 'toString', '__proto__'])(
    'reject the region %j: no setting names a host',
    (dataRegion) => {
      expect(() => connectionFrom({ ...SETTINGS, dataRegion })).toThrow(
        settingError('Data Region must be one of EU, NA, EU_DOT_EU, NA_DOT_EU.')
      )
    }
  )

  it('reject an API key that does not decode', () => {
    expect(() => connectionFrom({ ...SETTINGS, apiKey: apiKeyOf(null) })).toThrow(CredentialsError)
  })

  it('are not retried when they are wrong', async () => {
    const error = await errorFrom(() => connectionFrom({ ...SETTINGS, sitecode: 'short' }))
    expect(error).toMatchObject({ status: 400, code: 'INVALID_SETTING' })
  })
})

describe('the data region', () => {
  it.each([
    [undefined, 'https://eu-data.kameleoon.io'],
    ['EU', 'https://eu-data.kameleoon.io'],
    ['NA', 'https://na-data.kameleoon.io'],
    ['EU_DOT_EU', 'https://eu-data.kameleoon.eu'],
    ['NA_DOT_EU', 'https://na-data.kameleoon.eu']
  ])('%p sends events to %s', async (dataRegion, host) => {
    const calls = kameleoon()
    const [outcome] = await runBatch(
      [{ type: 'track', event: 'Sign Up', userId: 'one' }],
      { partnerAction: 'logEvent', mapping: { goalId: '7', visitorFallback: 'user id' } },
      dataRegion === undefined ? SETTINGS : { ...SETTINGS, dataRegion }
    )
    expect(outcome.status).toBe(200)
    expect(callsTo(calls, EVENTS).map((call) => call.host)).toEqual([host])
    expect(calls.filter((call) => call.operation !== EVENTS).map((call) => call.host)).toEqual([
      'https://api.kameleoon.com'
    ])
  })
})
