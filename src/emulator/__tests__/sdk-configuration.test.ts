import { startEmulator, type Emulator, type EmulatorInput } from '..'
import { authorization, call, stillClock } from './call'

const running: Emulator[] = []
afterEach(() => Promise.all(running.splice(0).map((emulator) => emulator.close())))

async function started(options: EmulatorInput = {}): Promise<Emulator> {
  const emulator = await startEmulator(options)
  running.push(emulator)
  return emulator
}

const host = 'sdk-config.kameleoon.eu'
const configuration = (emulator: Emulator) => call(emulator, `/v3/${emulator.sitecode}?ts=1`, { host })

describe('the SDK configuration', () => {
  it('has the custom data of the project, and where its Data API is', async () => {
    const emulator = await started({
      dataHost: 'na-data.kameleoon.io',
      customData: [
        { index: 1, name: 'Plan' },
        { index: 4, name: 'User', scope: 'VISIT', isMappingIdentifier: true, isLocalOnly: true },
        { index: 9, name: 'Of another project', siteId: 23_999 }
      ]
    })
    expect(await configuration(emulator)).toMatchObject({
      status: 200,
      body: {
        customData: [
          { index: 1, name: 'Plan', scope: 'VISITOR', localOnly: false, isMappingIdentifier: false },
          { index: 4, name: 'User', scope: 'VISIT', localOnly: true, isMappingIdentifier: true }
        ],
        featureFlags: [],
        configuration: {
          dataApiDomain: 'na-data.kameleoon.io',
          realTimeUpdate: false,
          consentType: 'NOT_REQUIRED',
          consentOptOutBehavior: 'PARTIALLY_BLOCK'
        }
      }
    })
  })

  it('names another host where the option dataApiDomain says so', async () => {
    const { body } = await configuration(await started({ dataApiDomain: 'xy-data.kameleoon.io' }))
    expect(body).toMatchObject({ configuration: { dataApiDomain: 'xy-data.kameleoon.io' } })
  })

  it('is that of the emulated project alone, on its own host', async () => {
    const emulator = await started()
    expect(await call(emulator, '/v3/nobody0000', { host })).toMatchObject({
      status: 404,
      body: { message: "Site code 'nobody0000' is unknown." }
    })
    expect((await call(emulator, `/v3/${emulator.sitecode}`, { host: 'eu-data.kameleoon.io' })).status).toBe(404)
  })
})

it('the Date header is the time of the option clock', async () => {
  const clock = stillClock(Date.UTC(2031, 4, 5, 6, 7, 8))
  const emulator = await started({ clock: clock.now })
  const headers = await authorization(emulator)
  for (const path of ['/sites', '/unknown']) {
    const answer = await call(emulator, path, { host: 'api.kameleoon.com', headers })
    expect(answer.headers.date).toBe('Mon, 05 May 2031 06:07:08 GMT')
  }
})
