import { createTestIntegration } from '@segment/actions-core'
import nock from 'nock'
import definition from '..'
import {
  apiKeyOf,
  errorFrom,
  FAKE_API_KEY,
  kameleoon,
  operationsOf,
  SETTINGS,
  SITE_CODE,
  startFromEmpty
} from './__helpers__/kameleoon'
import type { Answers } from './__helpers__/kameleoon'

const CONFIGURATION = `GET /v3/${SITE_CODE}`

/** What Kameleoon publishes about a project whose Data API has this host. */
const publishedAt = (dataApiDomain: unknown): Record<string, Answers> => ({
  [CONFIGURATION]: { body: { customData: [], featureFlags: [], configuration: { dataApiDomain } } }
})

const connect = (settings: Parameters<ReturnType<typeof createTestIntegration>['testAuthentication']>[0] = SETTINGS) =>
  createTestIntegration(definition).testAuthentication(settings as typeof SETTINGS)

beforeEach(startFromEmpty)

describe('the test of a connection', () => {
  it('decodes the key, exchanges it for a token and looks the site code up', async () => {
    const calls = kameleoon()
    await expect(connect()).resolves.not.toThrow()
    expect(operationsOf(calls)).toEqual(['POST /oauth/token', 'GET /sites', CONFIGURATION])
    expect(JSON.parse(calls[1].query.filter)).toEqual([{ field: 'code', operator: 'EQUAL', parameters: [SITE_CODE] }])
    expect(calls[1].headers).toMatchObject({
      authorization: 'Bearer fake-token',
      'user-agent': expect.stringMatching(/^SegmentKameleoonDestination\/[\d.]+ \(Segment Actions\)$/) as string
    })
    for (const { query } of calls) expect(JSON.stringify(query)).not.toMatch(/fake-(id|secret|token)/)
  })

  it('forgives spaces around the settings', async () => {
    kameleoon()
    await expect(connect({ apiKey: ` ${FAKE_API_KEY}\n`, sitecode: ` ${SITE_CODE} ` })).resolves.not.toThrow()
  })

  it.each([
    ['a key that is blank', { apiKey: ' ' }, /API Key is empty\. Copy it again from Kameleoon: My profile > API/],
    ['a key that is not base64', { apiKey: 'fake key!' }, /API Key is not base64\. Copy it again from Kameleoon/],
    ['a key that is not JSON', { apiKey: 'ZmFrZQ==' }, /API Key does not decode to JSON\. Copy it again/],
    ['a key without id', { apiKey: apiKeyOf({ secret: 'fake-secret' }) }, /API Key holds no client id\. Copy it again/],
    ['a key without secret', { apiKey: apiKeyOf({ id: 'fake-id' }) }, /API Key holds no client secret\. Copy it again/],
    ['a site code that cannot be one', { sitecode: 'ABC' }, /Sitecode must be 10 lower-case letters and digits/]
  ])('reports %s before anything is sent', async (_case, changed, message) => {
    const calls = kameleoon()
    const error = await errorFrom(() => connect({ ...SETTINGS, ...changed }))
    expect(error.message).toMatch(message)
    expect(error.message).not.toMatch(/fake-(id|secret)|fake key/)
    expect(calls).toEqual([])
  })

  it.each<[string, Record<string, Answers>, RegExp]>([
    [
      'credentials that are rejected',
      { 'POST /oauth/token': { status: 401, body: { message: 'client fake-secret' } } },
      /Kameleoon rejected the API Key: the client id or secret is wrong or has been revoked\. Create a new one/
    ],
    [
      'a site code that this account does not have',
      { 'GET /sites': { body: [] } },
      /Sitecode abc123def4 was not found for this Kameleoon account\. Copy it from the project's page/
    ],
    [
      'a token that is rejected twice',
      { 'GET /sites': { status: 401 } },
      /Kameleoon rejected a new access token for GET \/sites\. Check the rights of the API key/
    ],
    [
      'a key without the right to read projects',
      { 'GET /sites': { status: 403 } },
      /answered 403 to GET \/sites.*The API key has no access to this; give it the right in Kameleoon/
    ],
    [
      'a Kameleoon that is down',
      { 'POST /oauth/token': { status: 503 } },
      /Kameleoon answered 503 to POST \/oauth\/token/
    ],
    ['an answer that is no list', { 'GET /sites': { body: {} } }, /Kameleoon's answer to GET \/sites has no list/]
  ])('reports %s', async (_case, answers, message) => {
    kameleoon(answers)
    const error = await errorFrom(() => connect())
    expect(error.message).toMatch(message)
    expect(error.message).not.toMatch(/fake-(id|secret|token)/)
    expect(error.message).not.toContain(FAKE_API_KEY)
  })

  it('reports that Kameleoon cannot be reached', async () => {
    nock('https://api.kameleoon.com').post('/oauth/token').replyWithError({ code: 'ENOTFOUND', message: 'fake-secret' })
    const error = await errorFrom(() => connect())
    expect(error.message).toMatch(/The connection to Kameleoon failed during POST \/oauth\/token \(ENOTFOUND\)/)
    expect(error.message).not.toMatch(/fake-secret/)
  })
})

describe('the region of a connection', () => {
  it.each([
    [undefined, 'na-data.kameleoon.io', 'North America, US (na-data.kameleoon.io)'],
    ['EU', 'NA-data.kameleoon.eu', 'North America, US, .eu domain (na-data.kameleoon.eu)'],
    ['NA_DOT_EU', 'eu-data.kameleoon.io', 'Europe (eu-data.kameleoon.io)']
  ])('is wrong for %s if Kameleoon keeps the project at %s', async (dataRegion, domain, choice) => {
    kameleoon(publishedAt(domain))
    const error = await errorFrom(() => connect({ ...SETTINGS, ...(dataRegion ? { dataRegion } : {}) }))
    expect(error.message).toContain(`but Kameleoon keeps this project at ${domain.toLowerCase()}`)
    expect(error.message).toContain(`Choose "${choice}"`)
  })

  it.each([
    ['the same', 'eu-data.kameleoon.io'],
    ['the same on the other domain', 'eu-data.kameleoon.eu'],
    ['a host without a region', 'data.kameleoon.io'],
    ['a host that nobody knows here', 'xy-data.kameleoon.io'],
    ['a name that is no host', 'constructor'],
    ['nothing', ''],
    ['a number', 7]
  ])('is not doubted if Kameleoon names %s', async (_case, domain) => {
    const calls = kameleoon(publishedAt(domain))
    await expect(connect()).resolves.not.toThrow()
    expect(operationsOf(calls)).toContain(CONFIGURATION)
  })

  it.each<[string, Answers]>([
    ['is missing', { status: 404 }],
    ['cannot be served', { status: 503 }],
    ['is a redirect', { status: 302, headers: { location: 'https://foreign.example/' } }],
    ['is a page', { body: '<h1>Hello</h1>' }],
    ['is a list', { body: [] }],
    ['has other members', { body: { configuration: null, customData: {} } }]
  ])('is not doubted if the published configuration %s', async (_case, answer) => {
    kameleoon({ [CONFIGURATION]: answer })
    await expect(connect()).resolves.not.toThrow()
  })

  it('is asked for without a token', async () => {
    const calls = kameleoon()
    await connect()
    const asked = calls.find(({ operation }) => operation === CONFIGURATION)
    expect(asked).toMatchObject({ host: 'https://sdk-config.kameleoon.eu', query: {}, body: '' })
    expect(asked?.headers).not.toHaveProperty('authorization')
  })
})
