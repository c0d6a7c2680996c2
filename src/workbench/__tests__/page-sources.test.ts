import { readFileSync } from 'fs'
import http from 'http'
import type { AddressInfo } from 'net'
import path from 'path'
import type { Page } from 'playwright-core'
import { BUILD_TIME, builtModule } from './page-build'
import { onThePage } from './page-test'
import { type RunningWorkbench, until } from './running-workbench'

const { open, newPage } = onThePage()

jest.setTimeout(60_000)

/** A shop's own program with the genuine analytics.js, started as the page of the workbench says. */
const SHOP = `
import { AnalyticsBrowser } from '@segment/analytics-next'
export const start = (address, writeKey) => AnalyticsBrowser.load(
  { writeKey, cdnURL: address },
  { integrations: { 'Segment.io': { apiHost: new URL(address).host + '/v1', protocol: 'http' } } }
)
`

let shopFolder: string
let site: http.Server

beforeAll(async () => {
  shopFolder = await builtModule(SHOP)
}, BUILD_TIME)

beforeEach(async () => {
  site = http.createServer(({ url }, response) => {
    const isScript = url === '/shop.js'
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
    response.end(
      isScript
        ? readFileSync(path.join(shopFolder, 'shop.js'))
        : '<!doctype html><title>Shop</title><script src="shop.js"></script>'
    )
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
})

afterEach(() => {
  site.closeAllConnections()
  site.close()
})

/** A page of another site: a browser keeps it apart from the workbench. */
async function openSite(): Promise<Page> {
  const page = await newPage()
  await page.goto(`http://localhost:${(site.address() as AddressInfo).port}/`)
  return page
}

describe('the genuine analytics.js on a page of another site', () => {
  it('sends all four calls, each of which the workbench delivers and shows', async () => {
    const { page, workbench } = await open({ place: '/events' })
    const shop = await openSite()
    await shop.evaluate(`(async () => {
      const analytics = window.shop.start(${JSON.stringify(workbench.address)}, 'test-write-key')
      await analytics.page('Home', { kameleoonVisitorCode: 'visitor-1' })
      await analytics.track('Order Completed', { kameleoonVisitorCode: 'visitor-1', revenue: 49.9 })
      await analytics.identify('ana', { plan: 'gold', kameleoonVisitorCode: 'visitor-1' })
      await analytics.group('acme', { name: 'Acme', kameleoonVisitorCode: 'visitor-1' })
    })()`)

    await page.getByText('4 of 4 shown').waitFor()
    await until(async () => (await workbench.state()).counts.delivered === 4, 'all four to be delivered')
    const events = await workbench.events()
    expect(events.map(({ type }) => type).sort()).toEqual(['group', 'identify', 'page', 'track'])
    expect(events.every(({ origin }) => origin === 'tracking-api')).toBe(true)

    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Visitors' }).click()
    await page.getByRole('link', { name: 'visitor-1' }).click()
    await page.getByRole('table', { name: 'Conversions' }).getByRole('cell', { name: '49.90' }).waitFor()
    await page.getByText('IDENTIFY_visitor-1').waitFor()
  })
})

describe('a page of another site', () => {
  it.each([
    [
      'an event as plain text',
      `{ method: 'POST', mode: 'no-cors', body: '{"event":{"type":"track","event":"Forged"}}' }`,
      'events'
    ],
    ['a reset of the mappings', `{ method: 'POST', mode: 'no-cors', body: '{}' }`, 'subscriptions/reset'],
    [
      'a fault',
      `{ method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{"on":true}' }`,
      'faults/slow'
    ],
    [
      'a removal of all events',
      `{ method: 'DELETE', headers: { 'content-type': 'application/json' } }`,
      'events?kameleoon=true'
    ]
  ])('cannot cause %s', async (_what, init, route) => {
    const { workbench } = await open()
    await workbench.send('POST', '/api/samples/order')
    await until(async () => (await workbench.state()).counts.delivered === 1, 'the sample to be delivered')
    const before = await everythingIn(workbench)
    const foreign = await openSite()
    await foreign.evaluate(`fetch('${workbench.address}/api/${route}', ${init}).catch(() => undefined)`)
    expect(await everythingIn(workbench)).toEqual(before)
  })

  it('cannot read the state of the workbench', async () => {
    const { workbench } = await open()
    const foreign = await openSite()
    const read = foreign.evaluate(
      `fetch('${workbench.address}/api/state').then((answer) => answer.text(), () => 'nothing')`
    )
    expect(await read).not.toContain('test-write-key')
  })

  it('cannot show the workbench inside itself', async () => {
    const { workbench } = await open()
    const foreign = await openSite()
    await foreign.setContent(`<iframe src="${workbench.address}/" title="workbench"></iframe>`)
    const frame = foreign.frameLocator('iframe')
    await expect(frame.getByRole('heading', { level: 1 }).waitFor({ timeout: 2_000 })).rejects.toThrow('Timeout')
  })
})

async function everythingIn(workbench: RunningWorkbench) {
  const routes = ['/api/events', '/api/subscriptions', '/api/faults', '/api/settings', '/api/visitors']
  return Promise.all(routes.map((route) => workbench.get<unknown>(route)))
}
