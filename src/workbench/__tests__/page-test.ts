import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchChromium } from '../../../jest/chromium'
import { EXAMPLES_PATH } from '../../cli/package-files'
import { BUILD_TIME, builtPage } from './page-build'
import { endWorkbenches, runningWorkbench, type RunningWorkbench } from './running-workbench'

export interface OpenedPage {
  page: Page
  workbench: RunningWorkbench
}

interface OpenOptions extends BrowserContextOptions {
  /** Where the page opens, such as `/events`. */
  place?: string
  /** The examples are delivered before the page opens. */
  examples?: boolean
  workbench?: Parameters<typeof runningWorkbench>[0]
}

/**
 * One Chromium for the tests of a file, each with a workbench and a user of its own. Whatever the page complains about,
 * be it an error of its own or something its policy forbids, fails the test.
 */
export function onThePage() {
  let browser: Browser
  let pageFolder: string
  const complaints: string[] = []

  beforeAll(async () => {
    pageFolder = await builtPage()
    browser = await launchChromium()
  }, BUILD_TIME)

  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await endWorkbenches()
    expect(complaints.splice(0)).toEqual([])
  })

  afterAll(() => browser?.close())

  /** A page of any site; its console errors do not fail the test. */
  const newPage = async (options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
    return context.newPage()
  }

  const newWatchedPage = async (options: BrowserContextOptions): Promise<Page> => {
    const page = await newPage(options)
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      // The page itself reports a request that was answered 4xx, and tests look at that report.
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text())
    })
    return page
  }

  return {
    newPage,
    /** A workbench with the page opened on it. */
    open: async ({
      place = '/',
      examples = false,
      workbench: options,
      ...context
    }: OpenOptions = {}): Promise<OpenedPage> => {
      const workbench = await runningWorkbench({
        pageFolder,
        ...(examples && { examplesPath: EXAMPLES_PATH }),
        ...options
      })
      await workbench.examples
      const page = await newWatchedPage(context)
      await page.goto(`${workbench.address}/#${place}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      return { page, workbench }
    }
  }
}
