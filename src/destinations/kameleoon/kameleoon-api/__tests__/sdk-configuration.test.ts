import nock from 'nock'
import { errorFrom, kameleoon, SITE_CODE, startFromEmpty, testClient } from '../../__tests__/__helpers__/kameleoon'
import { kameleoonClient } from '../client'
import { CONFIGURATION_HOST, DATA_HOSTS } from '../connection'
import { comparedRegion, readSdkConfiguration } from '../sdk-configuration'

const published = (body: unknown) => {
  kameleoon({ [`GET /v3/${SITE_CODE}`]: { body } })
  return readSdkConfiguration(testClient())
}

beforeEach(startFromEmpty)

describe('what Kameleoon publishes about a project', () => {
  it('is read as its SDKs read it', async () => {
    const customData = [
      { id: 71, index: 3, name: 'User', scope: 'VISITOR', localOnly: false, isMappingIdentifier: true },
      { index: '4', localOnly: true }
    ]
    expect(
      await published({ configuration: { dataApiDomain: 'na-data.kameleoon.io' }, customData, featureFlags: [] })
    ).toEqual({
      dataApiDomain: 'na-data.kameleoon.io',
      customData: [
        { index: 3, name: 'User', isMappingIdentifier: true, isLocalOnly: false },
        { index: 4, isMappingIdentifier: false, isLocalOnly: true }
      ]
    })
  })

  it('may have other members than expected', async () => {
    expect(await published({ customData: [null, 7, { name: 'x' }, { index: 1.5 }] })).toEqual({ customData: [] })
  })

  it('is not waited for longer than three seconds', async () => {
    const timeouts: Array<number | undefined> = []
    await errorFrom(() =>
      readSdkConfiguration(
        kameleoonClient(
          (_url, { timeout }) => Promise.reject(new Error(String(timeouts.push(timeout)))),
          testClient().connection
        )
      )
    )
    expect(timeouts).toEqual([3000])
  })

  it('ends in an error if the answer is another', async () => {
    expect((await errorFrom(() => published([]))).message).toBe(
      `Kameleoon's answer to GET /v3/${SITE_CODE} has no configuration`
    )
    startFromEmpty()
    nock(CONFIGURATION_HOST).get(`/v3/${SITE_CODE}`).reply(404, { message: 'unknown' })
    expect((await errorFrom(() => readSdkConfiguration(testClient()))).message).toBe(
      `Kameleoon answered 404 to GET /v3/${SITE_CODE}: unknown`
    )
  })
})

it.each([
  ['EU', 'eu-data.kameleoon.io', { kind: 'same' }],
  ['NA_DOT_EU', 'na-data.kameleoon.eu', { kind: 'same' }],
  ['EU', 'na-data.kameleoon.eu', { kind: 'other region', region: 'NA_DOT_EU' }],
  ['NA', 'eu-data.kameleoon.io', { kind: 'other region', region: 'EU' }],
  ['NA', 'na-data.kameleoon.eu', { kind: 'other domain', region: 'NA_DOT_EU' }],
  ['EU', 'data.kameleoon.io', { kind: 'unclear' }],
  ['EU', undefined, { kind: 'unclear' }]
] as const)('region %s is compared with %s', (region, dataApiDomain, compared) => {
  expect(comparedRegion(DATA_HOSTS[region], { dataApiDomain, customData: [] })).toEqual(compared)
})
