import type { Locator, Page } from 'playwright-core'
import { countedClicks } from './clicks'
import { onThePage } from './page-test'

const { open } = onThePage()

jest.setTimeout(120_000)

const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: 'Send an event' })
const sendIn = (dialog: Locator): Locator => dialog.getByRole('button', { name: /^Send/ })
const field = (dialog: Locator, name: string): Locator => dialog.getByRole('combobox', { name, exact: true })

async function writtenIn(dialog: Locator): Promise<Record<string, unknown>> {
  const text = await dialog.getByRole('textbox', { name: 'Event', exact: true }).inputValue()
  return JSON.parse(text) as Record<string, unknown>
}

it('sends an order and shows its conversion, in two clicks', async () => {
  const { page, workbench } = await open({ examples: true })
  const clicks = await countedClicks(page)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const dialog = dialogOf(page)
  await sendIn(dialog).click()
  const happened = dialog.getByRole('region', { name: 'What happened' })
  const did = happened.getByRole('list', { name: 'What Kameleoon did' })
  await did.getByText('Conversion of Order Completed, 49.90 EUR').waitFor()
  expect(await did.textContent()).toContain('Kept')
  expect(await clicks()).toBe(2)
  expect(workbench.context.emulator.visitor('visitor-1')?.conversions).toMatchObject([{ revenue: 49.9 }])

  await sendIn(dialog).click()
  await happened.getByRole('link', { name: 'Open event no. 37' }).waitFor()
  expect(await clicks()).toBe(3)
  expect(workbench.context.emulator.visitor('visitor-1')?.conversions).toHaveLength(2)
})

it('writes the same event as form and as JSON, and says what happens before anything is sent', async () => {
  const { page, workbench } = await open({ place: '/destination' })
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const dialog = dialogOf(page)
  const happens = dialog.getByRole('region', { name: 'What happens' })
  await happens.getByText('Conversion of Order Completed, 49.90 EUR').waitFor()

  await field(dialog, 'Event name').fill('News')
  await page.getByRole('option', { name: 'Newsletter signup' }).click()
  await field(dialog, 'Revenue').fill('12.05')
  await field(dialog, 'Currency').fill('')
  await dialog.getByRole('button', { name: 'Add a property' }).click()
  await dialog.getByRole('textbox', { name: 'Name of property 1' }).fill('isMember')
  await dialog.getByRole('textbox', { name: 'Value of property 1' }).fill('true')
  await dialog.getByText('true/false').waitFor()
  await happens.getByText('Conversion of Newsletter signup, 12.05', { exact: false }).waitFor()

  await dialog.getByRole('tab', { name: 'JSON' }).click()
  const properties = { kameleoonVisitorCode: 'visitor-1', revenue: 12.05, isMember: true }
  const written = { type: 'track', event: 'Newsletter signup', userId: 'user-1', properties }
  expect(await writtenIn(dialog)).toEqual(written)
  const json = dialog.getByRole('textbox', { name: 'Event', exact: true })
  const context = { locale: 'en' }
  await json.fill(JSON.stringify({ ...written, context, properties: { ...properties, products: [{ id: 1 }] } }))
  await dialog.getByRole('tab', { name: 'Form' }).click()
  expect(await dialog.getByRole('textbox', { name: 'Value of property 2' }).isDisabled()).toBe(true)
  await dialog.getByText('The event also has context.').waitFor()

  await field(dialog, 'Visitor code').fill('')
  await field(dialog, 'User ID').fill('')
  await happens.getByText('Segment would drop this: userId is missing').waitFor()
  await dialog.getByRole('tab', { name: 'JSON' }).click()
  expect(await writtenIn(dialog)).toEqual({
    ...{ type: 'track', event: 'Newsletter signup', context },
    properties: { revenue: 12.05, isMember: true, products: [{ id: 1 }] }
  })
  await json.fill('{"type": "alias", "userId": "a", "previousId": "b"}')
  await happens.getByText('No mapping takes this event.').waitFor()
  await happens.getByText('Track Calls: type = "track", but it is "alias"').waitFor()
  await json.fill('{"type": "identify", "userId": "user-1", "traits": {"plan": "Gold", "email": "a@b.example"}}')
  await happens.getByText('Stored for user-1: plan, email').waitFor()
  await happens.getByText('Anyone with the site code').waitFor()
  expect(workbench.context.emulator.totals.requests).toEqual({})
})

it('closes one layer at a time with Escape and keeps what was typed, on a phone too', async () => {
  const { page } = await open({ examples: true, place: '/events?q=Refunded', viewport: { width: 390, height: 800 } })
  await page.getByRole('link', { name: 'Order Refunded' }).click()
  const drawer = page.getByRole('dialog', { name: /Order Refunded/ })
  await drawer.getByRole('button', { name: 'Edit and send again' }).click()
  const dialog = dialogOf(page)
  const name = field(dialog, 'Event name')
  await name.fill('Order')
  const option = page.getByRole('option', { name: 'Order Completed' })
  await option.waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0)

  await page.keyboard.press('Escape')
  await option.waitFor({ state: 'detached' })
  expect(await dialog.isVisible()).toBe(true)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(await drawer.isVisible()).toBe(true)
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'Send', exact: true }).click()
  expect(await name.inputValue()).toBe('Order')
})

it('says in red that events go to the real Kameleoon, and claims nothing about its goals', async () => {
  const credentials = { apiKey: Buffer.from('{"id":"a","secret":"b"}').toString('base64'), sitecode: 'abc123def4' }
  const { page } = await open({ workbench: { credentials } })
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const dialog = dialogOf(page)
  await dialog.getByRole('alert').getByText('REAL Kameleoon').waitFor()
  await dialog.getByText('Conversion of Order Completed (the goal of this name, or a new one), 49.90 EUR').waitFor()
})
