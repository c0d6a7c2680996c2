import { countedClicks } from './clicks'
import { onThePage } from './page-test'

const { open } = onThePage()

jest.setTimeout(120_000)

it('a visitor, its conversions and their currency are 2 clicks from the first page', async () => {
  const { page } = await open({ place: '/', examples: true })
  const clicks = await countedClicks(page)
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Visitors' }).click()
  await page.getByRole('link', { name: 'a7k2m9q4x1c8v5b3' }).click()
  const rows = page.getByRole('table', { name: 'Conversions' }).locator('tbody tr')
  await rows.first().waitFor()
  expect(await clicks()).toBe(2)
  expect((await rows.allTextContents()).join()).toContain('EUR')

  const journey = page.getByRole('list', { name: 'Journey' }).getByRole('listitem')
  const all = await journey.allTextContents()
  await page.getByText(/^Conversions \(/).click()
  await page.waitForURL(/show=conversion/)
  expect(await journey.count()).toBe(await rows.count())
  await page.getByText(/^Everything \(/).click()
  await page.getByText('Oldest first').click()
  await page.waitForURL(/order=oldest/)
  expect(await journey.allTextContents()).toEqual([...all].reverse())
  await journey.getByRole('link').first().click()
  await page.getByRole('dialog').waitFor()
})

it('a user is deleted with 3 clicks from the first page', async () => {
  const { page, workbench } = await open({ place: '/' })
  const traits = { kameleoonVisitorCode: 'visitor-1', plan: 'gold' }
  await workbench.send('POST', '/api/events', { event: { type: 'identify', userId: 'user-1', traits } })
  await workbench.context.delivery.idle()
  const clicks = await countedClicks(page)
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Visitors' }).click()
  await page.getByRole('button', { name: 'Delete a user' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete a user' })
  await dialog.getByRole('textbox', { name: 'User id' }).fill('user-1')
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await dialog.getByRole('cell', { name: 'IDENTIFY_visitor-1' }).waitFor()
  expect(await clicks()).toBe(3)
  expect(workbench.context.emulator.maps()).toEqual({})
})

it('the list is sorted with the keyboard, in pages that are all reached, and keeps both in the address', async () => {
  const { page, workbench } = await open({ place: '/' })
  const events = Array.from({ length: 130 }, (_, index) => ({
    ...{ type: 'track', event: 'Order Completed', userId: 'user-1' },
    properties: { kameleoonVisitorCode: `visitor-${1000 + index}`, revenue: index, currency: 'EUR' }
  }))
  await workbench.send('POST', '/api/events', { events })
  await workbench.context.delivery.idle()
  await page.goto(`${workbench.address}/#/visitors`)
  await page.getByText('130 visitors; 1 to 100 are shown').waitFor()
  const head = page.getByRole('columnheader', { name: 'Revenue' })
  await head.getByRole('button').press('Enter')
  await page.getByRole('row', { name: /visitor-1129 1 129 EUR/ }).waitFor()
  expect(await head.getAttribute('aria-sort')).toBe('descending')
  await page.getByRole('button', { name: 'Page 2' }).press('Enter')
  await page.getByText('130 visitors; 101 to 130 are shown').waitFor()
  expect(page.url()).toMatch(/#\/visitors\?sort=revenue&page=2$/)
  await page.reload()
  await page.getByRole('row', { name: /visitor-1000 1 0 EUR/ }).waitFor()
  await page.getByRole('textbox', { name: 'Search visitors' }).fill('1005')
  await page.getByText('1 visitor found').waitFor()
  expect(page.url()).toMatch(/#\/visitors\?q=1005&sort=revenue$/)
})
