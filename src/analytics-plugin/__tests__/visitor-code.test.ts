import type { Page } from 'playwright-core'
import { inBrowser, posted } from './browser'
import { engineStandIn } from './engine-stand-in'
import { analyticsWithPlugin, script } from './shop'

const test = inBrowser()
const ENGINE = script(engineStandIn({ visitorCode: 'code1', consent: true }))
const FIVE_CALLS = `
  analytics.page('Home')
  analytics.track('Order Completed', { total: 5 })
  analytics.screen('Cart')
  analytics.identify('user1', { plan: 'gold' })
  analytics.group('group1', { seats: 3 })`

async function open(...head: string[]): Promise<Page> {
  const page = await test.page()
  await page.goto(test.shop.page('home', ...head))
  return page
}

/** Where each call carries the code, by type. */
async function codes(count: number): Promise<Record<string, [properties: unknown, traits: unknown]>> {
  const calls = await test.shop.arrived(count)
  return Object.fromEntries(
    calls.map(({ type, properties, traits }) => [
      type,
      [properties?.kameleoonVisitorCode, traits?.kameleoonVisitorCode]
    ])
  )
}

describe('the visitor code', () => {
  it('is added to all five calls, in properties or traits', async () => {
    const page = await open(ENGINE, analyticsWithPlugin())
    await page.evaluate(FIVE_CALLS)
    expect(await codes(5)).toEqual({
      page: ['code1', undefined],
      track: ['code1', undefined],
      screen: ['code1', undefined],
      identify: [undefined, 'code1'],
      group: [undefined, 'code1']
    })
    expect(test.shop.calls.find(({ type }) => type === 'track')?.properties).toMatchObject({ total: 5 })
    expect(test.shop.calls.find(({ type }) => type === 'identify')?.traits).toMatchObject({ plan: 'gold' })
  })

  it('leaves alias calls alone, which keep their place among the others', async () => {
    const page = await test.page()
    await page.goto(test.shop.page('home', analyticsWithPlugin({ timeLimit: 60_000 })))
    await page.evaluate('analytics.then(() => undefined)')
    await page.evaluate("analytics.track('first'); analytics.alias('user2', 'user1'); void analytics.track('last')")
    await page.evaluate(engineStandIn({ visitorCode: 'code1', consent: true }))
    await test.shop.arrived(3)
    const sent = await posted(page)
    expect(sent.map(({ type, event }) => event ?? type)).toEqual(['first', 'alias', 'last'])
    expect(JSON.stringify(sent[1])).not.toContain('code1')
    expect(sent[1]).toMatchObject({ userId: 'user2', previousId: 'user1' })
    expect(sent[2].properties).toEqual({ kameleoonVisitorCode: 'code1' })
  })

  it.each([
    ['kameleoonVisitorCode', { kameleoonVisitorCode: 'own' }],
    ['the classic k_visitorCode', { k_visitorCode: 'own' }]
  ])('stays what the page itself says: %s', async (_name, own) => {
    const page = await open(ENGINE, analyticsWithPlugin())
    // Before it is ready analytics.js sorts calls by method.
    await page.evaluate('analytics.then(() => undefined)')
    await page.evaluate((given) => {
      const { analytics } = window as unknown as { analytics: Record<string, (...values: unknown[]) => void> }
      analytics.track('a', given)
      analytics.identify('user1', given)
      analytics.track('b', {}, { context: { traits: given } })
    }, own)
    await test.shop.arrived(3)
    const [track, identify, withTraits] = await posted(page)
    expect(track.properties).toEqual(own)
    expect(identify.traits).toEqual(own)
    expect(withTraits.properties).toEqual({})
  })

  it('is added where the page says only a blank one', async () => {
    const page = await open(ENGINE, analyticsWithPlugin())
    await page.evaluate("analytics.track('a', { kameleoonVisitorCode: ' ', k_visitorCode: null })")
    expect(await codes(1)).toEqual({ track: ['code1', undefined] })
  })

  it("is not added to the page's own objects, and not kept among the user's traits", async () => {
    const page = await open(ENGINE, analyticsWithPlugin())
    await page.evaluate(
      "window.given = { plan: 'gold' }; analytics.track('a', given); analytics.identify('user1', given)"
    )
    await test.shop.arrived(2)
    expect(await page.evaluate("[given, localStorage.getItem('ajs_user_traits')]")).toEqual([
      { plan: 'gold' },
      '{"plan":"gold"}'
    ])
  })

  it('comes from local storage where Kameleoon keeps it there, before the cookie', async () => {
    const page = await test.page()
    await page.context().addCookies([{ name: 'kameleoonVisitorCode', value: 'cookiecode', url: test.shop.origin }])
    const item = JSON.stringify({ value: 'storedcode', expirationDate: Date.now() + 60_000 })
    const stored = script(`localStorage.setItem('kameleoonVisitorCode', ${JSON.stringify(item)})`)
    await page.goto(test.shop.page('home', stored, analyticsWithPlugin({ timeLimit: 50 })))
    await page.evaluate("analytics.track('a')")
    expect(await codes(1)).toEqual({ track: ['storedcode', undefined] })
    expect(await page.evaluate("[localStorage.getItem('kameleoonVisitorCode'), document.cookie]")).toEqual([
      item,
      expect.stringContaining('kameleoonVisitorCode=cookiecode')
    ])
  })

  it.each([
    ['is no JSON', 'storedcode'],
    ['is null', 'null'],
    ['is over', JSON.stringify({ value: 'storedcode', expirationDate: 1 })]
  ])('comes from the cookie where what local storage has %s', async (_what, item) => {
    const page = await test.page()
    await page.context().addCookies([{ name: 'kameleoonVisitorCode', value: 'cookiecode', url: test.shop.origin }])
    const stored = script(`localStorage.setItem('kameleoonVisitorCode', ${JSON.stringify(item)})`)
    await page.goto(test.shop.page('home', stored, analyticsWithPlugin({ timeLimit: 50 })))
    await page.evaluate("analytics.track('a')")
    expect(await codes(1)).toEqual({ track: ['cookiecode', undefined] })
  })

  it('comes from the cookie when Kameleoon is blocked, and is the same as in the cookie', async () => {
    const page = await test.page()
    await page.context().addCookies([{ name: 'kameleoonVisitorCode', value: '_js_cookiecode', url: test.shop.origin }])
    await page.goto(test.shop.page('home', analyticsWithPlugin({ timeLimit: 50 })))
    await page.evaluate("analytics.track('a')")
    expect(await codes(1)).toEqual({ track: ['_js_cookiecode', undefined] })
    expect(await page.evaluate('document.cookie')).toContain('kameleoonVisitorCode=_js_cookiecode')
  })

  it('is missing, and the call is sent as it is, when there is neither engine nor cookie', async () => {
    const page = await open(analyticsWithPlugin({ timeLimit: 50 }))
    await page.evaluate(FIVE_CALLS)
    expect(JSON.stringify(await test.shop.arrived(5))).not.toContain('kameleoonVisitorCode')
  })

  it('is taken from the engine that is there at the time of the call, of two engines', async () => {
    const second = engineStandIn({ visitorCode: 'code2', consent: true })
    const page = await open(ENGINE, analyticsWithPlugin())
    await page.evaluate("analytics.track('a')")
    await test.shop.arrived(1)
    await page.evaluate(second)
    await page.evaluate("analytics.track('b')")
    const calls = await test.shop.arrived(2)
    expect(calls.map(({ properties }) => properties)).toEqual([
      { kameleoonVisitorCode: 'code1' },
      { kameleoonVisitorCode: 'code2' }
    ])
  })

  it.each([
    ['an engine without Activation API', 'window.Kameleoon = {}'],
    ['an engine that throws', "window.Kameleoon = { get API() { throw new Error('broken') } }"],
    ['a queue that is none', "window.kameleoonQueue = 'broken'"],
    ['a code that is none', 'window.Kameleoon = { API: { Visitor: { code: { toString: null } } } }'],
    ['a code that is too long', `window.Kameleoon = { API: { Visitor: { code: '${'x'.repeat(101)}' } } }`]
  ])('is missing, and nothing reaches the page, with %s', async (_what, broken) => {
    const page = await open(script(broken), analyticsWithPlugin({ timeLimit: 50, exposures: 'both' }))
    await page.evaluate(FIVE_CALLS)
    expect(JSON.stringify(await test.shop.arrived(5))).not.toContain('kameleoonVisitorCode')
  })

  it('is added by a plugin that is registered after analytics.js, with an engine that knows no queue', async () => {
    const later = script(
      'analytics.ready(() => analytics.register(kameleoonSegment.kameleoonPlugin()).then(() => analytics.track("a")))'
    )
    await open(ENGINE, analyticsWithPlugin().replace(/plugins: .*/, ''), later)
    expect(await codes(1)).toEqual({ track: ['code1', undefined] })
  })

  it('is added by the ES module too', async () => {
    const module = `<script src="/analytics.js"></script><script type="module">
      import { kameleoonPlugin } from '/index.js'
      const { AnalyticsBrowser } = AnalyticsNext
      AnalyticsBrowser.load({ writeKey: 'shop', cdnURL: location.origin, plugins: [kameleoonPlugin()] }).track('a')
    </script>`
    await open(ENGINE, module)
    expect(await codes(1)).toEqual({ track: ['code1', undefined] })
  })
})

describe('consent', () => {
  const engine = (consent: boolean | null): string => script(engineStandIn({ visitorCode: 'code1', consent }))

  it.each([
    ['denied', false],
    ['not yet decided', null]
  ])('%s: nothing is added, whatever a cookie of an earlier visit says', async (_state, consent) => {
    const page = await test.page()
    await page.context().addCookies([{ name: 'kameleoonVisitorCode', value: 'earlier', url: test.shop.origin }])
    const experiments = [{ id: 1, name: 'Checkout', variation: { id: 2, name: 'Short' } }]
    const shown = script(engineStandIn({ visitorCode: 'code1', consent, experiments }))
    await page.goto(test.shop.page('home', shown, analyticsWithPlugin({ exposures: 'both' })))
    await page.evaluate(FIVE_CALLS)
    const sent = await test.shop.arrived(5)
    expect(JSON.stringify(sent)).not.toMatch(/kameleoonVisitorCode|Checkout/)
  })

  it('given later: later calls carry the code; withdrawn: they do not any more', async () => {
    const page = await open(engine(null), analyticsWithPlugin())
    for (const step of ['', 'Kameleoon.API.Core.enableLegalConsent();', 'Kameleoon.API.Core.disableLegalConsent();']) {
      await page.evaluate(`${step}analytics.track('a').then(() => undefined)`)
    }
    const calls = await test.shop.arrived(3)
    expect(calls.map(({ properties }) => properties?.kameleoonVisitorCode)).toEqual([undefined, 'code1', undefined])
  })
})

describe('options that cannot be used', () => {
  it('are reported on the console, once, and the page goes on with the defaults', async () => {
    const page = await test.page()
    const warnings: string[] = []
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()))
    await page.goto(
      test.shop.page('home', ENGINE, analyticsWithPlugin({ timeLimit: 'fast', exposures: 'all', timelimit: 5 }))
    )
    await page.evaluate(FIVE_CALLS)
    await test.shop.arrived(5)
    expect(warnings).toEqual([
      'kameleoonPlugin: timeLimit must be milliseconds from 0 to 60000, not "fast"; exposures must be one of ' +
        'track, identify, both, off, not "all"; there is no option timelimit. Defaults are used instead.'
    ])
  })
})
