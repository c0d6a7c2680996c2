import type { Page } from 'playwright-core'
import { inBrowser } from './browser'
import { engineStandIn } from './engine-stand-in'
import { analyticsWithPlugin, script } from './shop'

const test = inBrowser()
const lateEngine = (startsAfter: number): string =>
  script(engineStandIn({ visitorCode: 'code1', consent: true, startsAfter }))

/** A page whose time stands still until a test moves it. analytics.js is ready. */
async function openAtRest(...head: string[]): Promise<Page> {
  const page = await test.page()
  await page.clock.install({ time: new Date('2026-01-31T12:00:00Z') })
  await page.clock.pauseAt(new Date('2026-01-31T12:00:01Z'))
  await page.goto(test.shop.page('home', ...head))
  await page.evaluate('analytics.then(() => undefined)')
  return page
}

function codesSent(): unknown[] {
  return test.shop.calls.map(({ event, properties }) => [event, properties?.kameleoonVisitorCode])
}

describe('the wait for the engine', () => {
  it('ends as soon as the engine is there, and the calls have its code', async () => {
    const page = await openAtRest(analyticsWithPlugin(), lateEngine(400))
    await page.evaluate("void analytics.track('early')")
    await page.clock.runFor(399)
    expect(codesSent()).toEqual([])
    await page.clock.runFor(10)
    await test.shop.arrived(1)
    expect(codesSent()).toEqual([['early', 'code1']])
  })

  it('ends after a second, once for all calls; an engine after ten seconds serves the calls from then on', async () => {
    const page = await openAtRest(analyticsWithPlugin(), lateEngine(10_000))
    await page.evaluate("void analytics.track('early')")
    await page.clock.runFor(999)
    await page.evaluate("void analytics.track('just before')")
    expect(codesSent()).toEqual([])
    await page.clock.runFor(10)
    await test.shop.arrived(2)
    // Nothing is held any more: no time passes for this one but the timers of analytics.js itself.
    await page.evaluate("void analytics.track('just after')")
    await page.clock.runFor(1)
    await test.shop.arrived(3)
    await page.clock.runFor(9_000)
    await page.evaluate("void analytics.track('late')")
    await page.clock.runFor(1)
    await test.shop.arrived(4)
    expect(codesSent().sort()).toEqual([
      ['early', undefined],
      ['just after', undefined],
      ['just before', undefined],
      ['late', 'code1']
    ])
  })

  it.each([0, 300])('can be set: %d milliseconds', async (timeLimit) => {
    const page = await openAtRest(analyticsWithPlugin({ timeLimit }))
    await page.evaluate("void analytics.track('early')")
    if (timeLimit > 0) {
      await page.clock.runFor(timeLimit - 1)
      expect(codesSent()).toEqual([])
    }
    await page.clock.runFor(10)
    await test.shop.arrived(1)
    expect(codesSent()).toEqual([['early', undefined]])
  })

  it('ends when the engine says that it gives up', async () => {
    const page = await openAtRest(analyticsWithPlugin())
    await page.evaluate("void analytics.track('early')")
    await page.evaluate("dispatchEvent(new CustomEvent('Kameleoon::Aborted', { detail: { reason: 'STORAGE' } }))")
    await page.clock.runFor(10)
    await test.shop.arrived(1)
    expect(codesSent()).toEqual([['early', undefined]])
  })

  it('leaves nothing behind that could keep the page out of the back/forward cache', async () => {
    const page = await test.ownPage()
    await page.addInitScript(() => {
      const open = new Set<string>()
      const add = window.addEventListener.bind(window)
      const remove = window.removeEventListener.bind(window)
      window.addEventListener = (...given: Parameters<typeof add>) => (open.add(given[0]), add(...given))
      window.removeEventListener = (...given: Parameters<typeof add>) => (open.delete(given[0]), remove(...given))
      Object.assign(window, { listenedTo: open })
    })
    const engine = script(engineStandIn({ visitorCode: 'code1', consent: true }))
    await page.goto(test.shop.page('home', engine, analyticsWithPlugin()))
    await page.evaluate("analytics.track('a').then(() => undefined)")
    expect(await page.evaluate("[...listenedTo].filter((name) => name === 'beforeunload')")).toEqual([])
  })
})

describe('a page that is left at once', () => {
  it('sends its calls while it waits for the next page, though the engine has not come', async () => {
    const page = await test.ownPage()
    await page.context().addCookies([{ name: 'kameleoonVisitorCode', value: 'code1', url: test.shop.origin }])
    await page.goto(test.shop.page('home', analyticsWithPlugin({ timeLimit: 60_000 })))
    await page.evaluate('analytics.then(() => undefined)')
    const elsewhere = test.shop.pageAfter(2, 'elsewhere')
    await page.evaluate(`analytics.track('a'); analytics.track('b'); location.href = '${elsewhere}'`)
    await test.shop.arrived(2)
    await page.waitForURL(elsewhere)
    expect(codesSent().sort()).toEqual([
      ['a', 'code1'],
      ['b', 'code1']
    ])
  })

  it.each([
    ['a while after the call', "void analytics.track('early')"],
    ['in the same moment', '']
  ])('leaves what it has no time to send to the next page, which sends it once: left %s', async (_when, before) => {
    const page = await openAtRest(analyticsWithPlugin({ timeLimit: 60_000 }))
    await page.evaluate(before)
    // No timer runs any more on this page, as when a browser ends it.
    const engine = script(engineStandIn({ visitorCode: 'code1', consent: true }))
    const next = test.shop.page('next', engine, analyticsWithPlugin())
    await page.evaluate(`${before === '' ? "analytics.track('early');" : ''} location.href = '${next}'`)
    await page.waitForURL('**/next')
    await page.clock.resume()
    await page.evaluate("analytics.track('next').then(() => undefined)")
    const sent = await test.shop.arrived(2)
    expect(codesSent().sort()).toEqual([
      ['early', 'code1'],
      ['next', 'code1']
    ])
    expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(2)
  })
})

describe('blocked storage', () => {
  function rejectStorage(): void {
    const reject = (): never => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
    Object.defineProperty(window, 'sessionStorage', { get: reject })
    Object.defineProperty(window, 'localStorage', { get: reject })
  }

  it('stops neither calls nor the code, and exposures are sent once a page', async () => {
    const page = await test.ownPage()
    await page.addInitScript(rejectStorage)
    const experiments = [{ id: 1, name: 'Checkout', variation: { id: 2, name: 'Short' } }]
    const engine = script(engineStandIn({ visitorCode: 'code1', consent: true, experiments }))
    await page.goto(test.shop.page('home', engine, analyticsWithPlugin({ exposures: 'track' })))
    await page.evaluate('analytics.then(() => Kameleoon.API.Experiments.trigger(1))')
    await page.evaluate("analytics.track('last').then(() => undefined)")
    await test.shop.arrived(2)
    expect(codesSent().sort()).toEqual([
      ['Experiment Viewed', 'code1'],
      ['last', 'code1']
    ])
  })

  it('is no error when only a cookie has the code', async () => {
    const page = await test.page()
    await page.goto(test.shop.page('home', script(''), '<script src="/kameleoon-segment.js"></script>'))
    const code = await page.evaluate(`
      Object.defineProperty(document, 'cookie', {
        get: () => {
          throw new DOMException('The operation is insecure.', 'SecurityError')
        }
      })
      kameleoonSegment.visitorCode()`)
    expect(code).toBeUndefined()
  })
})
