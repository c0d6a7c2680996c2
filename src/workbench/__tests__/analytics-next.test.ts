import { existsSync, readFileSync } from 'fs'
import { createServer, type Server } from 'http'
import type { AddressInfo } from 'net'
import { join } from 'path'
import { chromium, type Browser } from 'playwright-core'
import { endWorkbenches, runningWorkbench, until, type RunningWorkbench } from './running-workbench'

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const PACKAGE = join(__dirname, '..', '..', '..', 'node_modules', '@segment', 'analytics-next', 'dist', 'umd')

let browser: Browser
let shop: Server
let origin: string

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  shop = createServer((request, response) => {
    const path = join(PACKAGE, new URL(request.url ?? '/', 'http://shop').pathname)
    const isScript = path.endsWith('.js') && existsSync(path)
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? readFileSync(path) : '<!doctype html><title>Shop</title><script src="/index.js"></script>')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => shop.once('listening', resolve))
  origin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`
}, 60_000)

afterEach(endWorkbenches)
afterAll(async () => {
  await browser?.close()
  shop?.closeAllConnections()
  shop?.close()
})

/** A page of a shop on another origin, with analytics.js pointed at the workbench by its address alone. */
async function visit(
  { address }: RunningWorkbench,
  options: object = {}
): Promise<{ errors: string[]; close: () => Promise<void> }> {
  const page = await browser.newPage({ userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Test Chrome/140.0.0.0' })
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('requestfailed', (request) => errors.push(`${request.method()} ${request.url()} failed`))
  await page.goto(`${origin}/pricing`)
  const settings = { writeKey: 'test-write-key', cdnURL: address }
  await page.evaluate(
    `(async () => {
      const { AnalyticsBrowser } = window.AnalyticsNext ?? window
      const analytics = AnalyticsBrowser.load(${JSON.stringify(settings)}, ${JSON.stringify(options)})
      await analytics.page('Pricing', { kameleoonVisitorCode: 'browser-visitor' })
      await analytics.identify('user-1', { kameleoonVisitorCode: 'browser-visitor', plan: 'Gold' })
      await analytics.track('Order Completed', { kameleoonVisitorCode: 'browser-visitor', revenue: 42 })
    })()`
  )
  return { errors, close: () => page.close() }
}

describe('the genuine @segment/analytics-next in Chromium', () => {
  it.each([
    ['one by one', {}],
    [
      'in batches',
      {
        integrations: { 'Segment.io': { deliveryStrategy: { strategy: 'batching', config: { size: 3, timeout: 50 } } } }
      }
    ]
  ])('asks for its settings here and sends everything here, %s', async (_how, options) => {
    const workbench = await runningWorkbench()
    const { errors, close } = await visit(workbench, options)
    await until(async () => (await workbench.state()).counts.delivered === 3, 'three delivered events')
    await close()

    expect(errors).toEqual([])
    const { emulator } = workbench.context
    const visitor = emulator.visitor('browser-visitor')
    expect(visitor?.pages).toMatchObject([{ href: `${origin}/pricing` }])
    expect(visitor?.conversions.map(({ goalName, revenue }) => [goalName, revenue])).toContainEqual([
      'Order Completed',
      42
    ])
    expect(visitor?.userAgent).toContain('Chrome/140')
    expect(emulator.map('IDENTIFY_browser-visitor')).toMatchObject({ plan: 'Gold' })
    expect(emulator.discarded).toEqual([])

    const numbers = (await workbench.events()).map(({ number }) => number)
    const events = await Promise.all(numbers.map(async (number) => (await workbench.detail(number)).event))
    expect(events.map(({ type }) => type).sort()).toEqual(['identify', 'page', 'track'])
    for (const event of events) {
      expect(event).toMatchObject({
        anonymousId: expect.any(String) as string,
        context: { ip: '127.0.0.1', library: { name: 'analytics.js' }, page: { url: `${origin}/pricing` } }
      })
      expect(event).not.toHaveProperty('writeKey')
    }
  })
})
