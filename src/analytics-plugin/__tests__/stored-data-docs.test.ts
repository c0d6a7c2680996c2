import { group, identify, track } from '../../__tests__/events'
import { inBrowser } from './browser'
import { RunningDestination } from './destination'
import { addStoredData, codeBlock } from './doc-examples'
import { serverSdk, type ServerSdk } from './server-sdk'
import { script } from './shop'

const test = inBrowser()
const PAGE = 'stored-data-in-targeting.md'

it('the example for bundlers is taken by the engine', async () => {
  const code = codeBlock(PAGE, 'In the browser')
  const page = await test.page()
  const engine = `
    window.keys = []
    window.Kameleoon = { API: {
      Visitor: { code: 'code1' },
      Data: { retrieveDataFromRemoteSource: (key) => keys.push(key) }
    } }`
  const imports = { 'segment-destination-kameleoon/analytics-plugin': '/index.js' }
  const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`
  await page.goto(test.shop.page('home', script(engine), map, `<script type="module">${code}</script>`))
  expect(await page.evaluate('keys')).toEqual(['COHORTS_code1', 'IDENTIFY_code1'])
})

describe('the example for servers', () => {
  let destination: RunningDestination
  let sdk: ServerSdk

  beforeEach(async () => {
    destination = await RunningDestination.start()
    sdk = await serverSdk(destination.emulator)
  })
  afterEach(async () => {
    sdk.end()
    await destination.close()
  })

  it('gives Kameleoon what the destination has stored', async () => {
    await destination.deliver(identify({ plan: 'gold' }))
    await destination.deliver(group('group1'))
    await destination.deliver(track('Audience Entered', { audience_key: 'vip', vip: true }))
    await addStoredData()(sdk.client, 'visitor1')
    const customData = (): object => destination.emulator.visitor('visitor1')?.customData ?? {}
    await sdk.flush('visitor1', () => Object.keys(customData()).length === 3)
    expect(customData()).toMatchObject({
      1: { valuesCountMap: { gold: 1 } },
      2: { valuesCountMap: { vip: 1 } },
      3: { valuesCountMap: { group1: 1 } }
    })
    expect(destination.emulator.discarded).toEqual([])
  })
})
