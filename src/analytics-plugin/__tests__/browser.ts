import type { Browser, Page } from 'playwright-core'
import { launchChromium } from '../../../jest/chromium'
import { Shop, type TrackingCall } from './shop'

export interface BrowserTest {
  shop: Shop
  /** A page of a visitor who was never here. Errors that reach it fail the test. */
  newPage(): Promise<Page>
}

/** What a page has posted since it was opened, in its order. They arrive on several connections, in any order. */
export async function posted(page: Page): Promise<TrackingCall[]> {
  await page.waitForFunction('posts.pending === 0')
  return (await page.evaluate<string[]>('posts.bodies')).map((body) => JSON.parse(body) as TrackingCall)
}

// Runs in the page.
function watchPosts(): void {
  const posts = { bodies: [] as unknown[], pending: 0 }
  const fetch = window.fetch.bind(window)
  window.fetch = async (...given: Parameters<typeof fetch>) => {
    if (given[1]?.method?.toUpperCase() !== 'POST') return fetch(...given)
    posts.bodies.push(given[1].body)
    posts.pending++
    return fetch(...given).finally(() => posts.pending--)
  }
  Object.assign(window, { posts })
}

/** One Chromium and one shop for the tests of a file; each test begins with nothing sent. */
export function inBrowser(): BrowserTest {
  let browser: Browser
  const errors: string[] = []
  const test = {
    newPage: async (): Promise<Page> => {
      const page = await (await browser.newContext()).newPage()
      await page.addInitScript(watchPosts)
      page.on('pageerror', (error) => errors.push(String(error)))
      return page
    }
  } as BrowserTest

  beforeAll(async () => {
    test.shop = await Shop.start()
    browser = await launchChromium()
  })
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()))
    test.shop.reset()
    expect(errors.splice(0)).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    await test.shop?.close()
  })
  return test
}
