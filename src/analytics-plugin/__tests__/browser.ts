import type { Browser, Page } from 'playwright-core'
import { launchChromium } from '../../../jest/chromium'
import { Shop } from './shop'

export interface BrowserTest {
  shop: Shop
  /** A page of a visitor who was never here. Errors that reach it fail the test. */
  newPage(): Promise<Page>
}

/** One Chromium and one shop for the tests of a file; each test begins with nothing sent. */
export function inBrowser(): BrowserTest {
  let browser: Browser
  const errors: string[] = []
  const test = {
    newPage: async (): Promise<Page> => {
      const page = await (await browser.newContext()).newPage()
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
