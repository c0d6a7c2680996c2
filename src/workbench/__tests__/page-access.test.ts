import type { Page } from 'playwright-core'
import { onThePage } from './page-test'
import { until } from './running-workbench'
import { seriousProblems } from './serious-problems'

const { open } = onThePage()

jest.setTimeout(120_000)

const VIEWS: Record<string, string> = {
  Overview: '/overview',
  Events: '/events',
  'Kameleoon (Actions)': '/destination',
  'Track Calls': '/destination/mappings/track-calls',
  Visitors: '/visitors',
  'Visitor a7k2m9q4x1c8v5b3': '/visitors/a7k2m9q4x1c8v5b3',
  Faults: '/faults',
  Discarded: '/discarded',
  About: '/about'
}

/** Goes to a place without loading the page anew, and waits until nothing is on its way any more. */
async function visit(page: Page, place: string, heading: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(place)}`)
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
  // The first of several; there is none when all are gone.
  await page
    .getByRole('status', { name: /^Loading/ })
    .first()
    .waitFor({ state: 'detached' })
}

// Colours change nothing but the contrast, so all other rules are checked once.
describe.each([
  ['light', undefined],
  ['dark', ['color-contrast']]
] as const)('in %s colours', (colorScheme, rules) => {
  it('has no serious problem of accessibility on any view', async () => {
    const { page } = await open({ examples: true, colorScheme, reducedMotion: 'reduce' })
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(background).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(36, 36, 36)')
    for (const [heading, place] of Object.entries(VIEWS)) {
      await visit(page, place, heading)
      expect({ place, problems: await seriousProblems(page, rules) }).toEqual({ place, problems: [] })
    }
  })

  it('has none in an opened event, a menu and a dialog', async () => {
    const { page } = await open({ examples: true, colorScheme, reducedMotion: 'reduce', place: '/events?q=Refunded' })
    await page.getByRole('link', { name: 'Order Refunded' }).click()
    await page.getByRole('dialog').getByRole('group', { name: 'Attempt 1' }).waitFor()
    expect(await seriousProblems(page, rules)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'What can be searched, and keys' }).click()
    await page.getByRole('dialog', { name: 'Search and keys' }).waitFor()
    expect(await seriousProblems(page, rules)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Send an event' })
    await dialog.getByText('Conversion of Order Completed, 49.90 EUR').waitFor()
    expect(await seriousProblems(page, rules)).toEqual([])
    await dialog.getByRole('combobox', { name: 'Start from a sample' }).click()
    await page.getByRole('option', { name: /^Identify/ }).click()
    await dialog.getByText('Anyone with the site code').waitFor()
    await dialog.getByRole('button', { name: 'Send', exact: true }).click()
    await dialog.getByRole('link', { name: 'Open event' }).waitFor()
    expect(await seriousProblems(page, rules)).toEqual([])
    await dialog.getByRole('tab', { name: 'JSON' }).click()
    await dialog.getByRole('textbox', { name: 'Event' }).waitFor()
    expect(await seriousProblems(page, rules)).toEqual([])
  })
})

it('fits a phone without horizontal scrolling and has the navigation behind a button', async () => {
  const { page } = await open({ examples: true, viewport: { width: 360, height: 740 } })
  const overhang = () => page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
  for (const [heading, place] of Object.entries(VIEWS)) {
    await visit(page, place, heading)
    expect({ place, overhang: await overhang() }).toEqual({ place, overhang: 0 })
  }
  await page.getByRole('button', { name: 'Navigation' }).click()
  await page.getByRole('link', { name: 'Events', exact: true }).click()
  await page.getByRole('textbox', { name: 'Search events' }).fill('Refunded')
  await page.getByRole('link', { name: 'Order Refunded' }).click()
  await page.getByRole('dialog').getByRole('group', { name: 'Attempt 1' }).waitFor()
  expect(await overhang()).toBe(0)
  expect((await page.getByRole('dialog').boundingBox())?.width).toBeCloseTo(360, 1)
})

it('can be used with the keyboard alone: skip, open an event, close it, send one', async () => {
  const { page } = await open({ examples: true, place: '/events', reducedMotion: 'reduce' })
  await page.getByText('35 of 35 shown').waitFor()
  await page.keyboard.press('Tab')
  expect(await focused(page)).toBe('Skip to content')
  await page.keyboard.press('Enter')
  await tabTo(page, 'alias call')
  await page.keyboard.press('ArrowDown')
  await until(async () => (await focused(page)) === 'Order Completed', 'the focus to be on the next row')
  await page.keyboard.press('j')
  await until(async () => (await focused(page)) === 'Quote Requested', 'the focus to be on the row after it')
  const chosen = await focused(page)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: new RegExp(chosen) }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await until(async () => (await focused(page)) === chosen, 'the focus to be back on the row')

  await tabTo(page, 'Send', 'Shift+Tab')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Send an event' })
  await dialog.waitFor()
  await until(async () => dialog.getByRole('button', { name: 'Send' }).evaluate(isFocused), 'the button to send')
  await page.keyboard.press('Enter')
  await dialog.getByRole('link', { name: 'Open event' }).waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await until(async () => (await focused(page)) === 'Send', 'the focus to be back on the button')
})

it('keeps the chosen colours over a reload', async () => {
  const { page } = await open({ place: '/about', colorScheme: 'light' })
  await page.getByRole('button', { name: /^Colours:/ }).click()
  await page.getByRole('menuitem', { name: 'Dark' }).click()
  await page.reload()
  await page.getByRole('button', { name: 'Colours: Dark' }).waitFor()
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(36, 36, 36)')
})

const isFocused = (element: Element): boolean => element === document.activeElement

async function focused(page: Page): Promise<string> {
  return String(await page.evaluate('document.activeElement?.textContent?.trim() ?? ""'))
}

/** Presses a key until the focus is on something with this text; a trap or a missing stop ends in an error. */
async function tabTo(page: Page, text: string, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press(key)
    if ((await focused(page)) === text) return
  }
  throw new Error(`${key} never reached "${text}"`)
}
