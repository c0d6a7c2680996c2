import type { Page } from 'playwright-core'
import type { Subscription } from '../contract'
import { countedClicks } from './clicks'
import { onThePage } from './page-test'
import { until } from './running-workbench'

const { open } = onThePage()

jest.setTimeout(120_000)

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()
const openMapping = async (page: Page, name: string) => {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Destination' }).click()
  await page.getByRole('link', { name }).click()
}

it('chooses another goal and saves in four clicks, sets a filter in two more, and sends a test event in one', async () => {
  const { page, workbench } = await open({ examples: true, place: '/' })
  const saved = async (): Promise<Subscription> => (await workbench.get<Subscription[]>('/api/subscriptions'))[0]

  // Another goal.
  const clicks = await countedClicks(page)
  await openMapping(page, 'Track Calls')
  const goal = page.getByRole('combobox', { name: 'Goal: value' })
  await goal.click()
  await goal.pressSequentially('newsletter')
  await page.getByRole('option', { name: /Newsletter signup/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Newsletter signup', { exact: true }).first().waitFor()
  await save(page)
  await page.getByText('Track Calls is saved.').waitFor()
  expect(await clicks()).toBeLessThanOrEqual(4)
  expect((await saved()).mapping.goalId).toMatch(/^\d+$/)

  // A filter, from here on.
  const before = await clicks()
  await page.getByText('Takes 17 of 35 events seen.').waitFor()
  await page.getByRole('button', { name: 'Add a condition' }).click()
  await page.keyboard.type('Order Completed')
  const asText = page.getByRole('textbox', { name: 'The same filter as text' })
  expect(await asText.inputValue()).toBe('type = "track" and event = "Order Completed"')
  await page.getByText(/^Takes \d of 35 events seen\.$/).waitFor()
  await save(page)
  await until(async () => (await saved()).subscribe.includes('Order'), 'the filter to be saved')
  expect((await clicks()) - before).toBeLessThanOrEqual(2)
  expect((await saved()).subscribe).toBe('type = "track" and event = "Order Completed"')

  // A test event.
  const beforeTest = await clicks()
  const happens = page.getByRole('region', { name: 'What happens' })
  await happens.getByText('Conversion of Newsletter signup, 49.90 EUR').waitFor()
  await page.getByRole('button', { name: 'Send test event' }).click()
  const result = page.getByRole('region', { name: 'Result of the test' })
  const did = result.getByRole('list', { name: 'What Kameleoon did' })
  await did.getByText('Kept', { exact: true }).waitFor()
  await did.getByText('Conversion of Newsletter signup, 49.90 EUR').waitFor()
  expect((await clicks()) - beforeTest).toBe(1)
  expect(await workbench.events()).toContainEqual(expect.objectContaining({ origin: 'test', status: 'delivered' }))
})

it('builds a filter as conditions and as text, both equal, and names what is wrong with it', async () => {
  const { page } = await open({ examples: true, place: '/destination/mappings/page-calls' })
  const asText = page.getByRole('textbox', { name: 'The same filter as text' })
  const conditions = page.getByRole('group', { name: 'Conditions' })

  // What other languages write is named with its place.
  await asText.fill('type == "page"')
  await page.getByText('At character 7, =: use a single =.').waitFor()
  await page.getByText('Correct the text to see the filter as conditions.').waitFor()
  await asText.fill("type = 'page'")
  await page.getByText('use double quotes, as in "page".').waitFor()
  await page.getByRole('button', { name: 'Show the place' }).click()
  expect(await page.evaluate('document.getSelection().toString()')).toBe("'page'")

  // A filter that cannot match is mended by a button.
  await asText.fill('type = "track" and name = "Pricing"')
  await page.getByText('This filter takes only track events, but Page Event is for page events.').waitFor()
  await page.getByRole('button', { name: 'Use type = "page"' }).click()
  expect(await asText.inputValue()).toBe('type = "page" and name = "Pricing"')
  await page.getByText(/cannot|takes only/).waitFor({ state: 'detached' })

  // A typed text is shown as conditions, and a changed condition as text.
  await conditions.getByRole('combobox', { name: 'Condition 2: comparison' }).selectOption('starts with')
  expect(await asText.inputValue()).toBe('type = "page" and match(name, "Pricing*")')
  await conditions.getByRole('button', { name: 'Remove Condition 2' }).click()
  expect(await asText.inputValue()).toBe('type = "page"')
  await asText.fill('type = "page" and (name = "A" or name = "B")')
  await conditions.getByRole('combobox', { name: 'Condition 2: comparison' }).waitFor()
  expect(await conditions.getByRole('combobox', { name: 'Condition 2: comparison' }).inputValue()).toBe('one_of')
  await page.getByText(/Takes 0 of 35 events seen/).waitFor()
  await asText.fill('type = "page" and name = "A" or name = "B"')
  await page.getByText('This filter is edited as text.').waitFor()
  await page.getByText(/“and” and “or” are mixed/).waitFor()

  // The events that it takes, and their paths with values.
  await asText.fill('type = "page"')
  await page.getByText('Show them').click()
  await page
    .getByRole('link', { name: /Pricing/ })
    .first()
    .waitFor()
  await page.getByText('Details that seldom change').click()
  const name = page.getByRole('combobox', { name: 'Page Name: path in the event' })
  await name.fill('$.properties.nothing')
  await page.getByText('No event seen has this.').waitFor()
  await name.fill('$.properties.tit')
  await page.getByRole('option', { name: /\$\.properties\.title/ }).click()
  expect(await name.inputValue()).toBe('$.properties.title')
  await page.getByText('No event seen has this.').waitFor({ state: 'detached' })
  await page.getByText('1 changed').waitFor()

  // A goal that does not exist is pointed out, and can be saved.
  await page.getByRole('combobox', { name: 'Goal: value' }).fill('999')
  await page.getByText(/The project has no goal 999/).waitFor()
  expect(await page.getByRole('button', { name: 'Save', exact: true }).isEnabled()).toBe(true)
})
