import { Analytics } from '@segment/analytics-node'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import vm from 'vm'
import type { Page } from 'playwright-core'
import { inBrowser } from './browser'
import { RunningDestination } from './destination'
import { codeBlock } from './doc-examples'
import { engineStandIn } from './engine-stand-in'
import { analyticsWithPlugin, script } from './shop'

const test = inBrowser()
const PAGE = 'matching-visitors.md'
const ENGINE = engineStandIn({ visitorCode: 'code1', consent: true })

/** analytics.js without the plugin. */
const PLAIN = analyticsWithPlugin().replace(/plugins: .*/, '')

let destination: RunningDestination

beforeEach(async () => {
  destination = await RunningDestination.start()
})
afterEach(() => destination.close())

/** Runs a snippet for servers with the genuine analytics-node, and delivers what it sends. */
async function onServer(snippet: string, mapping: JSONObject = {}): Promise<void> {
  const sent: SegmentEvent[] = []
  const analytics = new Analytics({
    writeKey: 'shop',
    httpClient: {
      makeRequest: ({ body }) => {
        sent.push(...(JSON.parse(body) as { batch: SegmentEvent[] }).batch)
        return Promise.resolve({ status: 200, statusText: 'OK' })
      }
    }
  })
  vm.runInNewContext(snippet, { analytics, visitorCode: 'code1' })
  await analytics.closeAndFlush()
  expect(sent).not.toEqual([])
  for (const event of sent) await destination.deliver(event, mapping)
}

async function deliverAll(mapping: JSONObject = {}): Promise<void> {
  for (const event of test.shop.calls) await destination.deliver(event, mapping)
}

async function open(...head: string[]): Promise<Page> {
  const page = await test.page()
  await page.goto(test.shop.page('home', ...head))
  return page
}

const conversions = (code: string): number | undefined => destination.emulator.visitor(code)?.conversions.length

describe('visitor code in every call', () => {
  it('by the plugin, with a bundler', async () => {
    const page = await test.ownPage()
    await page.route('https://cdn.segment.com/**', (route) =>
      route.fulfill({ json: test.shop.settings(), headers: { 'access-control-allow-origin': '*' } })
    )
    // The page resolves the names as a bundler would: the genuine analytics.js, and the plugin as it is built.
    const imports = {
      '@segment/analytics-next': 'data:text/javascript,export const { AnalyticsBrowser } = AnalyticsNext',
      'segment-destination-kameleoon/analytics-plugin': '/index.js'
    }
    await page.goto(
      test.shop.page(
        'home',
        script(ENGINE),
        '<script src="/analytics.js"></script>',
        `<script type="importmap">${JSON.stringify({ imports })}</script>`,
        `<script type="module">${codeBlock(PAGE, 'With the plugin')}</script>`
      )
    )
    await test.shop.arrived(1)
    await deliverAll()
    expect(destination.emulator.visitors()).toEqual(['code1'])
    expect(conversions('code1')).toBe(1)
  })

  it('by the plugin, as a script', async () => {
    const analyticsOnly = PLAIN.replace('<script src="/kameleoon-segment.js"></script>', '')
    const page = await open(script(ENGINE), analyticsOnly, codeBlock(PAGE, 'With the plugin', 'html'))
    await page.evaluate("analytics.track('Order Completed').then(() => undefined)")
    await test.shop.arrived(1)
    await deliverAll()
    expect(destination.emulator.visitors()).toEqual(['code1'])
  })

  it('on a server', async () => {
    await onServer(codeBlock(PAGE, 'On a server'))
    expect(destination.emulator.visitors()).toEqual(['code1'])
    expect(destination.emulator.visitor('code1')?.conversions).toMatchObject([{ revenue: 42 }])
  })
})

describe('user id as visitor code', () => {
  it('taken from Kameleoon', async () => {
    const page = await open(PLAIN, script(codeBlock(PAGE, 'User id as visitor code')), script(ENGINE))
    await page.evaluate("analytics.then(() => analytics.track('Order Completed')).then(() => undefined)")
    const sent = await test.shop.arrived(2)
    expect(sent.map(({ userId }) => userId)).toEqual(['code1', 'code1'])
    await deliverAll()
    expect(conversions('code1')).toBe(1)
  })

  it('given to Kameleoon', async () => {
    await onServer(codeBlock(PAGE, 'An id of your own'))
    expect(destination.emulator.visitors()).toEqual(['user1'])
  })
})

describe('the identifier call', () => {
  it('is sent once a session, and later events find the visitor by the link it stores', async () => {
    const snippet = codeBlock(PAGE, 'The identifier call')
    const page = await open(PLAIN, script(snippet), script(ENGINE))
    await test.shop.arrived(1)
    await page.goto(test.shop.page('next', PLAIN, script(snippet), script(ENGINE)))
    await page.evaluate("analytics.then(() => analytics.track('Order Completed')).then(() => undefined)")
    const sent = await test.shop.arrived(2)
    expect(sent.map(({ event }) => event)).toEqual(['Kameleoon identifier', 'Order Completed'])
    await deliverAll()
    expect(destination.emulator.visitors()).toEqual(['code1'])
    expect(conversions('code1')).toBe(1)
  })
})

describe('linked visitors', () => {
  it('find the visitor of an event that knows only the user id', async () => {
    await onServer(codeBlock(PAGE, 'Linked visitors'))
    expect(destination.emulator.visitors()).toEqual(['code1'])
    expect(conversions('code1')).toBe(1)
    expect(destination.emulator.map('LINK_user1')).toEqual({ kameleoonVisitorCode: 'code1' })
  })

  it('are not looked up where the mapping takes the user id', async () => {
    await onServer(codeBlock(PAGE, 'Linked visitors'), mapping())
    expect(destination.emulator.visitors()).toEqual(['user1'])
  })
})

function mapping(): JSONObject {
  return JSON.parse(codeBlock(PAGE, 'Events without a code', 'json')) as JSONObject
}
