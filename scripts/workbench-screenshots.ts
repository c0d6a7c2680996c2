import { mkdtempSync, rmSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import type { Page } from 'playwright-core'
import { EXAMPLES_PATH } from '../src/cli/package-files'
import kameleoon from '../src/destinations/kameleoon'
import { startWorkbench } from '../src/workbench/server'
import { launchChromium } from '../jest/chromium'

const DOCS = join(__dirname, '../docs')

/** Takes the pictures of the documents from the built page, with the examples in it. */
async function takeScreenshots(): Promise<void> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'workbench-screenshots-'))
  const workbench = await startWorkbench({
    ...{ definition: kameleoon, version: '1.0.0', port: 0, dataFolder, examplesPath: EXAMPLES_PATH }
  })
  const browser = await launchChromium()
  try {
    await workbench.examples
    const page = await browser.newPage({ viewport: { width: 1280, height: 960 }, reducedMotion: 'reduce' })
    await page.goto(`${workbench.address}/#/events`)
    await openSample(page)
    await page.screenshot({ path: join(DOCS, 'workbench-events.png') })
    await page.goto(`${workbench.address}/#/overview`)
    await showReasons(page)
    await page.screenshot({ path: join(DOCS, 'overview.png') })
    await page.goto(`${workbench.address}/#/destination/mappings/track-calls`)
    await chooseGoal(page)
    await page.screenshot({ path: join(DOCS, 'workbench-destination.png') })
  } finally {
    await browser.close()
    await workbench.close()
    rmSync(dataFolder, { recursive: true, force: true })
  }
}

/** An event that went its whole way, with what Kameleoon did on top. */
async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Send an event' })
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await dialog.getByRole('link', { name: 'Open event' }).click()
  await page.getByRole('list', { name: 'What Kameleoon did' }).getByText('Order Completed').waitFor()
}

/** The counts, the reasons of failures and the bars over time. */
async function showReasons(page: Page): Promise<void> {
  await page.getByText('kameleoonVisitorCode is missing.').waitFor()
  await page.getByText(/^In the last 15 minutes: \d+ received/).waitFor()
}

/** The three steps of a mapping, with the live list of goals open. */
async function chooseGoal(page: Page): Promise<void> {
  const goal = page.getByRole('combobox', { name: 'Goal: value' })
  await goal.evaluate((field) => field.scrollIntoView({ block: 'center' }))
  await goal.click()
  await page.getByRole('option', { name: /Newsletter signup/ }).waitFor()
}

void takeScreenshots()
