import { readFileSync } from 'fs'
import path from 'path'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from '../../../jest/chromium'
import { Shop, type TrackingCall } from './shop'

const DOCS = path.join(__dirname, '../../../docs')

/** Position of the width in a PNG file. https://www.w3.org/TR/png/#11IHDR */
const WIDTH_AT = 16

export interface BrowserTest {
  shop: Shop
  /**
   * A page of a visitor who was never in the shop. Errors that reach it fail the test. Tests of a file share it one after
   * another, since a new one takes most of a second.
   */
  page(): Promise<Page>
  /** The same, but used by one test only: for init scripts, clocks and routes, which stay with a page. */
  ownPage(): Promise<Page>
}

/** What a page has posted since it was opened, in the order of the page. Calls arrive on several connections, in any order. */
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

/** One Chromium and one shop for the tests of a file. At the start of each test nothing has been sent. */
export function inBrowser(): BrowserTest {
  let browser: Browser
  let shared: Promise<Page> | undefined
  const errors: string[] = []
  const newPage = async (): Promise<Page> => {
    const page = await (await browser.newContext()).newPage()
    await page.addInitScript(watchPosts)
    page.on('pageerror', (error) => errors.push(String(error)))
    return page
  }
  const test = {
    page: () => (shared ??= newPage()),
    ownPage: newPage
  } as BrowserTest

  beforeAll(async () => {
    const started = await Promise.all([Shop.start(), launchChromium()])
    ;[test.shop, browser] = started
  })
  afterEach(async () => {
    const page = await shared
    await Promise.all(
      browser.contexts().map((context) => (context === page?.context() ? leave(page) : context.close()))
    )
    await test.shop.reset()
    expect(errors.splice(0)).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    await test.shop?.close()
  })
  return test
}

/** Leaves the shop, so that the page sends and stores nothing during the next test. Cookies are the same on every port. */
async function leave(page: Page): Promise<void> {
  await page.goto('about:blank')
  await page.context().clearCookies()
  page.removeAllListeners('console')
}

/**
 * Takes a picture of a page. It is written to `docs/` if UPDATE_SCREENSHOTS is 1.
 * @param elsewhere the folder it is written to otherwise
 */
export async function screenshot(
  page: Page,
  name: string,
  elsewhere: string
): Promise<{ width: number; bytes: number }> {
  const file = path.join(process.env.UPDATE_SCREENSHOTS === '1' ? DOCS : elsewhere, name)
  await page.screenshot({ path: file, animations: 'disabled' })
  const picture = readFileSync(file)
  return { width: picture.readUInt32BE(WIDTH_AT), bytes: picture.length }
}
