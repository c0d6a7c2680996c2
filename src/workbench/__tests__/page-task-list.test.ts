import type { Page } from 'playwright-core'
import { countedClicks } from './clicks'
import { onThePage } from './page-test'
import { until } from './running-workbench'

const { open } = onThePage()

jest.setTimeout(120_000)

const rows = (page: Page) => page.getByRole('table', { name: 'Events, newest first' }).locator('tbody tr')
const place = (page: Page) => page.evaluate('decodeURIComponent(location.hash)')
const search = (page: Page) => page.getByRole('textbox', { name: 'Search events' })
const drawer = (page: Page, name: string) => page.getByRole('dialog', { name: new RegExp(name) })
const isFocused = (page: Page, name: string) =>
  until(async () => (await page.evaluate('document.activeElement?.textContent')) === name, `the focus on ${name}`)

const MISSING = 'kameleoonVisitorCode is missing.'

it('tells why an event failed in two clicks from the first page, in the row and in the event', async () => {
  const { page } = await open({ examples: true })
  const counts = page.getByRole('list', { name: 'Counts' })
  await counts.getByRole('link', { name: '5 failed' }).waitFor()
  const clicks = await countedClicks(page)
  await counts.getByRole('link', { name: '5 failed' }).click()
  await page.getByText('5 of 5 shown').waitFor()
  await rows(page).filter({ hasText: 'Product Added' }).getByText(MISSING).waitFor()
  await rows(page).filter({ hasText: 'Product Added' }).click()
  await drawer(page, 'Product Added').getByText(MISSING).first().waitFor()
  expect(await clicks()).toBe(2)
})

it('searches and goes from event to event with keys, and keeps the search in the address', async () => {
  const { page } = await open({ examples: true, place: '/events', reducedMotion: 'reduce' })
  await page.getByText('35 of 35 shown').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('status:failed j')
  await page.getByText('5 of 5 shown').waitFor()
  expect(await place(page)).toBe('#/events?q=status:failed j')
  await page.keyboard.press('ArrowDown')
  await isFocused(page, 'Order Completed')
  await page.keyboard.press('j')
  await isFocused(page, 'Quote Requested')
  await page.keyboard.press('End')
  await isFocused(page, 'Product Added')
  await page.keyboard.press('k')
  await isFocused(page, 'Cart')
  // The date and the zone are shown with the focus.
  await rows(page)
    .filter({ hasText: 'Cart' })
    .getByText(/20\d\d at \d\d:\d\d:\d\d UTC/)
    .waitFor()
  await page.keyboard.press('Enter')
  await drawer(page, 'Cart').getByText(MISSING).first().waitFor()
  await page.keyboard.press('j')
  await drawer(page, 'Product Added').waitFor()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await drawer(page, 'identify call').waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Search and keys' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: 'Search and keys' }).waitFor({ state: 'detached' })
  await drawer(page, 'identify call').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await isFocused(page, 'identify call')

  await page.reload()
  await page.getByText('5 of 5 shown').waitFor()
  expect(await search(page).inputValue()).toBe('status:failed j')
  await page.getByRole('combobox', { name: 'Status' }).click()
  await page.getByRole('option', { name: 'Filtered' }).click()
  expect(await place(page)).toBe('#/events?q=j status:filtered')
  await page.goBack()
  await page.getByText('5 of 5 shown').waitFor()
  expect(await search(page).inputValue()).toBe('status:failed j')
  await search(page).fill('status:lost')
  await page.getByText(/no status "lost"\. Possible are waiting/).waitFor()
  await search(page).fill('type:page Ordr')
  await page.getByRole('heading', { name: 'Nothing found' }).waitFor()
  await page.getByRole('list', { name: 'What to leave out' }).getByRole('link').first().click()
  await rows(page).first().getByText('page', { exact: true }).waitFor()
  expect(await place(page)).toBe('#/events?q=type:page')
})

it('shows what Kameleoon kept and discarded, and when an event is sent again', async () => {
  const { page, workbench } = await open({ place: '/events', workbench: { retry: { firstDelayMs: 60_000 } } })
  const [{ id, ...draft }] = await workbench.get<{ id: string; mapping: object }[]>('/api/subscriptions')
  const order = (n: number) => ({
    ...{ type: 'track', event: `Order ${n}`, userId: 'ana' },
    properties: { kameleoonVisitorCode: 'visitor-1', revenue: 49.9, currency: 'EUR' }
  })
  const deliver = async (n: number) => {
    await workbench.send('POST', '/api/events', { event: order(n) })
    await workbench.context.delivery.idle()
  }
  await deliver(1)
  await workbench.send('PUT', `/api/subscriptions/${id}`, { ...draft, mapping: { ...draft.mapping, goalId: '4711' } })
  await deliver(2)
  await workbench.send('PUT', '/api/faults/server-error', { on: true })
  await workbench.send('POST', '/api/events', { event: order(3) })

  const row = (n: number) => rows(page).filter({ hasText: `Order ${n}` })
  await row(1).getByText('Conversion of SegmentIO track - Order 1, 49.90 EUR').waitFor()
  await row(1).getByText('Delivered', { exact: true }).waitFor()
  await row(2).getByText('Delivered, discarded', { exact: true }).waitFor()
  await row(2).getByText('Discarded: Conversion of goal 4711, 49.90 EUR').waitFor()
  await row(3)
    .getByText(/Attempt 1 failed, next in \d+ s/)
    .waitFor()
})

it('keeps its place while new events come in, and opens an event that it has not loaded', async () => {
  const { page, workbench } = await open({ place: '/about', viewport: { width: 390, height: 844 } })
  const calls = Array.from({ length: 400 }, (_, n) => ({ type: 'alias', userId: `user-${n + 1}`, previousId: 'x' }))
  const { ids } = (await (await workbench.send('POST', '/api/events', { events: calls })).json()) as { ids: string[] }
  await page.evaluate(`location.hash = '/events/${ids[9]}'`)
  const event = page.getByRole('dialog', { name: /alias call/ })
  await event.getByText('this page, no. 10', { exact: true }).waitFor()
  await page.keyboard.press('j')
  await event.getByText('this page, no. 9', { exact: true }).waitFor()
  await event.getByRole('button', { name: 'Newer event' }).click()
  await event.getByText('this page, no. 10', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('200 of 400 shown').waitFor()

  await page.evaluate('scrollTo(0, 3000)')
  await until(async () => (await rows(page).first().getAttribute('aria-rowindex')) !== '2', 'the list to be scrolled')
  const shown = await rows(page).nth(12).textContent()
  await workbench.send('POST', '/api/events', { events: calls.slice(0, 3) })
  await page.getByRole('button', { name: '3 new' }).waitFor()
  expect(await rows(page).nth(12).textContent()).toBe(shown)
  await page.getByRole('button', { name: '3 new' }).click()
  await rows(page).first().getByText('403', { exact: true }).waitFor()
  expect(await rows(page).first().getAttribute('aria-rowindex')).toBe('2')
})
