import type { Page } from 'playwright-core'
import { onThePage } from './page-test'

const { open } = onThePage()

jest.setTimeout(120_000)

/** All events of a test arrive at this moment, so that they are in one step of time. */
const NOON = Date.parse('2026-01-31T12:00:10.000Z')

const way = (page: Page) => page.getByRole('region', { name: 'The way of the events' })
const reasons = (page: Page) => page.getByRole('region', { name: 'What went wrong, by reason' })
const place = (page: Page) => page.evaluate('decodeURIComponent(location.hash)')
const rowOf = (page: Page, name: string) =>
  page.getByRole('table', { name: /^Events/ }).getByRole('link', { name, exact: true })

async function backTo(page: Page, heading: string): Promise<void> {
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
}

it('leads from every count, reason and bar to its events, and follows new events', async () => {
  const { page, workbench } = await open({ examples: true, workbench: { clock: () => NOON } })
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  for (const name of ['35 Received', '28 Delivered', '28 Kept by Kameleoon', '2 Filtered', '0 Discarded'])
    await way(page).getByRole('link', { name, exact: true }).waitFor()
  await way(page).getByRole('link', { name: '5 Failed', exact: true }).click()
  await rowOf(page, 'Quote Requested').waitFor()
  expect(await place(page)).toBe('#/events?q=status:failed')
  await backTo(page, 'Overview')

  await reasons(page).getByText('kameleoonVisitorCode is missing.').waitFor()
  await reasons(page).getByRole('link', { name: 'Order Completed, no. 34' }).waitFor()
  await reasons(page).getByRole('link', { name: '3 failed' }).click()
  await rowOf(page, 'Product Added').waitFor()
  expect(await rowOf(page, 'Quote Requested').count()).toBe(0)
  await backTo(page, 'Overview')

  await page.getByRole('navigation', { name: 'Time shown' }).getByRole('link', { name: '1 hour' }).click()
  await page.getByText('In the last hour: 35 received, 28 delivered, 2 filtered, 5 failed.').waitFor()
  await page.reload()
  await page.getByText('In the last hour: 35 received').waitFor()
  await page.getByText('Show as a table').click()
  expect(await page.getByRole('row', { name: /35/ }).getByRole('link').allTextContents()).toEqual([
    '35',
    '28',
    '2',
    '5'
  ])
  await page.locator('a[title*="35 received"]').click()
  await rowOf(page, 'Quote Requested').waitFor()
  expect(await place(page)).toBe('#/events?q=after:2026-01-31T12:00:00.000Z before:2026-01-31T12:02:00.000Z')
  await backTo(page, 'Overview')

  await workbench.send('POST', '/api/samples/no-visitor')
  await way(page).getByRole('link', { name: '36 Received', exact: true }).waitFor()
  await reasons(page).getByRole('link', { name: '4 failed' }).waitFor()
  await reasons(page).getByRole('link', { name: 'Order Completed, no. 36' }).waitFor()
})

it('keeps its counters on a phone, and says how to begin when there are no events', async () => {
  const { page, workbench } = await open({ examples: true, viewport: { width: 390, height: 844 } })
  const counts = page.getByRole('list', { name: 'Counts' }).getByRole('link')
  await counts.first().waitFor()
  expect(await counts.evaluateAll((links) => links.map((link) => link.getAttribute('aria-label')))).toEqual([
    ...['35 received', '28 delivered', '2 filtered', '0 retrying', '5 failed', '0 discarded']
  ])
  for (const count of await counts.all()) {
    const { x = -1, width = 0 } = (await count.boundingBox()) ?? {}
    expect({ isInside: x >= 0 && x + width <= 390, isVisible: await count.isVisible() }).toEqual({
      ...{ isInside: true, isVisible: true }
    })
  }
  await counts.filter({ hasText: 'failed' }).click()
  await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor()
  expect(await place(page)).toBe('#/events?q=status:failed')
  await backTo(page, 'Overview')

  await workbench.send('DELETE', '/api/events')
  await page.getByRole('heading', { name: '1. Send a sample' }).waitFor()
  await page.getByRole('heading', { name: 'Every event needs a visitor code' }).waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0)
  await page.getByRole('button', { name: 'Send a sample order' }).click()
  await page
    .getByRole('dialog', { name: /Order Completed/ })
    .getByRole('group', { name: 'Attempt 1' })
    .waitFor()
})
