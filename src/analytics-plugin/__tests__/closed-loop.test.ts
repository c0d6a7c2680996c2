import { builtPage, BUILD_TIME } from '../../workbench/__tests__/page-build'
import { endWorkbenches, runningWorkbench, until } from '../../workbench/__tests__/running-workbench'
import { addStoredData } from './add-stored-data'
import { inBrowser, posted } from './browser'
import { engineStandIn } from './engine-stand-in'
import { serverSdk } from './server-sdk'
import { analyticsWithPlugin, script } from './shop'
import { FEATURE, VIP_CHECKOUT, EXPERIMENT } from './vip-checkout'

jest.setTimeout(120_000)
const test = inBrowser()
let pageFolder: string
beforeAll(async () => { pageFolder = await builtPage() }, BUILD_TIME)

it('explores', async () => {
  const w = await runningWorkbench({ pageFolder })
  const { emulator } = w.context
  const sdk = await serverSdk(emulator, VIP_CHECKOUT)
  const CODE = 'shopvisitor00001'
  const subs: any[] = await w.get('/api/subscriptions')
  const { id, ...t } = subs.find((s) => s.name === 'Track Calls')
  expect((await w.send('PUT', `/api/subscriptions/${id}`, { ...t, mapping: { ...t.mapping, linkedVisitors: true } })).status).toBe(200)
  await addStoredData()(sdk.client, CODE)
  console.log(sdk.client.getVariation({ visitorCode: CODE, featureKey: FEATURE, track: false }))
  const page = await test.newPage()
  const source = { writeKey: 'test-write-key', cdnURL: w.address }
  await page.goto(test.shop.page('home', script(engineStandIn({ visitorCode: CODE, consent: true })), analyticsWithPlugin({ exposures: 'both' }, source)))
  await page.evaluate(`(async () => {
    await analytics.page()
    await analytics.identify('user1', { plan: 'gold' })
    await analytics.track('Order Completed', { revenue: 42 })
  })()`)
  await until(async () => (await w.events()).length === 3, '3')
  await w.context.delivery.idle()

  await w.track('/v1/track', { type: 'track', event: 'Audience Entered', userId: 'user1', properties: { audience_key: 'vip', vip: true }, context: { personas: { computation_class: 'audience', computation_key: 'vip' } } })
  await w.context.delivery.idle()

  console.log(await sdk.client.getRemoteData('COHORTS_' + CODE))
  await addStoredData()(sdk.client, CODE)
  const v = sdk.client.getVariation({ visitorCode: CODE, featureKey: FEATURE })
  console.log(v)
  await sdk.flush(CODE, () => emulator.visitor(CODE)!.events.some((e) => e.eventType === 'EXPERIMENT'))
  console.log(emulator.visitor(CODE), emulator.maps(), emulator.requests.length)
  await page.goto(test.shop.page('checkout', script(engineStandIn({ visitorCode: CODE, consent: true, experiments: [{ id: v.experimentId!, name: EXPERIMENT.name, variation: { id: v.id!, name: v.name! } }] })), analyticsWithPlugin({ exposures: 'both' }, source)))
  await page.waitForFunction('posts.bodies.length === 2')
  await posted(page)
  for (const n of [5, 6]) { const d = await w.detail(n); console.log(JSON.stringify(d, null, 1)) }
  const { integrations, ...own } = (await w.detail(5)).event as any
  await w.track('/v1/track', { ...own, messageId: 'x' })
  await w.context.delivery.idle()
  console.log(JSON.stringify(await w.detail(7)))
  console.log(emulator.thrownAway, emulator.requests.map((r) => [r.method, r.path]), await w.state(), emulator.goals)
  const wp = await test.newPage()
  await wp.setViewportSize({ width: 1280, height: 900 })
  await wp.goto(`${w.address}/#/events`)
  await wp.getByText('7 of 7 shown').waitFor()
  await wp.screenshot({ path: '/tmp/x.png' })
  sdk.end()
  await endWorkbenches()
})
