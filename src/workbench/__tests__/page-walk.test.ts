import type { Page } from 'playwright-core'
import { onThePage } from './page-test'
import { until } from './running-workbench'

const { open } = onThePage()

jest.setTimeout(120_000)

const goTo = (page: Page, view: string) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click()
const rows = (page: Page) => page.getByRole('table', { name: 'Events, newest first' }).locator('tbody tr')

async function sendSample(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Send an event' })
  await dialog.getByRole('combobox', { name: 'Start from a sample' }).click()
  await page.getByRole('option', { name }).click()
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await dialog.getByRole('link', { name: 'Open event' }).waitFor()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
}

/** A pause between two attempts that ends when the test says so, however slow the page is. */
function heldPause() {
  let end = (): void => undefined
  const ended = new Promise<void>((resolve) => (end = resolve))
  return { wait: () => ended, end }
}

it('leads from the examples through a mapping, a request and a fault to the visitor', async () => {
  const pause = heldPause()
  const retry = { firstDelayMs: 60_000, wait: pause.wait }
  const { page, workbench } = await open({ place: '/events', examples: true, workbench: { retry } })

  await page.getByText('35 of 35 shown').waitFor()
  expect(await page.getByRole('table', { name: 'Events, newest first' }).getAttribute('aria-rowcount')).toBe('36')

  await goTo(page, 'Destination')
  await page.getByRole('link', { name: 'Track Calls' }).click()
  const filter = page.getByRole('textbox', { name: 'The same filter as text' })
  await filter.fill('type = "track" and event =')
  await page.getByText('The filter ends too early, after type = "track" and event =').waitFor()
  await page.getByText('Correct the filter to see a preview.').waitFor()
  expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  await filter.fill('type = "track" and event = "Order Completed"')
  await page.getByText('The filter takes this event.').waitFor()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Track Calls is saved.').waitFor()
  expect(await workbench.get('/api/subscriptions')).toContainEqual(
    expect.objectContaining({ name: 'Track Calls', subscribe: 'type = "track" and event = "Order Completed"' })
  )

  await goTo(page, 'Events')
  await sendSample(page, /Order Completed/)
  await page.getByText('36 of 36 shown').waitFor()
  await rows(page).first().getByText('Delivered').waitFor()
  await rows(page).first().click()
  const event = page.getByRole('dialog', { name: /Order Completed/ })
  await event.locator('summary', { hasText: '/visit/events' }).waitFor()
  expect(await event.getByRole('group', { name: 'Request body' }).first().textContent()).toContain('"revenue": 49.9')
  const did = event.getByRole('list', { name: 'What Kameleoon did' })
  await did.getByText('Conversion of Order Completed, 49.90 EUR').waitFor()
  await event.getByRole('cell', { name: 'Kept' }).first().waitFor()
  await page.keyboard.press('Escape')

  await goTo(page, 'Faults')
  await page.getByRole('combobox', { name: 'How often Server error (500) occurs' }).selectOption('once')
  await page.getByRole('switch', { name: 'Server error (500)' }).press('Space')
  await page.getByText(/occurred 0 times/).waitFor()
  await goTo(page, 'Events')
  await page.getByText('Faults are on: Server error (500)').waitFor()
  await sendSample(page, /Order Completed/)
  await rows(page).first().getByText('Retrying').waitFor()
  await rows(page).first().click()
  await event
    .getByText(/Sent again in \d+ s/)
    .first()
    .waitFor()
  pause.end()
  await event.getByRole('group', { name: 'Attempt 2' }).getByText('Delivered, 200').waitFor()
  expect(await event.getByRole('group', { name: 'Attempt 1' }).textContent()).toContain('Retrying, 500')

  await event.getByRole('link', { name: 'sample0visitor01' }).click()
  await page.getByRole('heading', { name: 'Visitor sample0visitor01' }).waitFor()
  const conversions = page.getByRole('table', { name: 'Conversions' })
  await conversions
    .getByRole('cell', { name: /Order Completed/ })
    .nth(1)
    .waitFor()
  expect(await conversions.getByRole('cell', { name: '49.90' }).count()).toBe(2)
})

it('keeps a draft after a reload and after leaving the view, and keeps a saved change', async () => {
  const { page } = await open({ place: '/destination/mappings/page-calls' })
  const name = page.getByRole('textbox', { name: 'Name', exact: true })
  await name.fill('Pages of the shop')
  await page.getByRole('combobox', { name: 'How Goal Matching is filled in' }).waitFor()
  await page.reload()
  expect(await name.inputValue()).toBe('Pages of the shop')

  await goTo(page, 'Events')
  await page.getByRole('dialog', { name: 'Changes are not saved' }).getByRole('button', { name: 'Stay' }).click()
  expect(await name.inputValue()).toBe('Pages of the shop')
  await goTo(page, 'Destination')
  await page.getByRole('button', { name: 'Leave, keep the draft' }).click()
  await page.getByText('unsaved changes').waitFor()
  await page.getByRole('link', { name: 'Page Calls' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Pages of the shop is saved.').waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Pages of the shop' }).waitFor()
  expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
})

it('fills fields in as path, fixed value, live choice, key by key and JSON', async () => {
  const { page, workbench } = await open({ place: '/destination/mappings/track-calls' })
  const how = (label: string) => page.getByRole('combobox', { name: `How ${label} is filled in` })

  await page.getByText('Details that seldom change').click()
  await how('Event Name').selectOption('Event path')
  await page.getByRole('combobox', { name: 'Event Name: path in the event' }).fill('$.properties.title')
  await how('Send Device Data').selectOption('Fixed value')
  await page.getByRole('combobox', { name: 'Send Device Data: value' }).selectOption('Yes')
  await page.getByRole('combobox', { name: 'Goal: value' }).fill('Order')
  await page.getByRole('option', { name: /Order Completed/ }).click()
  await page.getByRole('group', { name: 'Custom Data' }).getByRole('button', { name: 'Add a key' }).click()
  await page.getByRole('combobox', { name: 'Custom Data, entry 1: key' }).fill('3')
  await page.getByRole('combobox', { name: 'Custom Data, entry 1: value' }).fill('$.properties.plan')
  await how('Revenue').selectOption('JSON')
  const json = page.getByRole('textbox', { name: 'Revenue: JSON' })
  await json.fill('{"@path": }')
  await page.getByRole('button', { name: 'Line 1, column 11' }).waitFor()
  await json.fill('{"@path": "$.properties.amount"}')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Track Calls is saved.').waitFor()

  const [saved] = await workbench.get<{ mapping: Record<string, unknown> }[]>('/api/subscriptions')
  expect(saved.mapping).toMatchObject({
    event: { '@path': '$.properties.title' },
    sendDeviceData: true,
    goalId: expect.stringMatching(/^\d+$/) as string,
    customData: { 3: { '@path': '$.properties.plan' } },
    revenue: { '@path': '$.properties.amount' }
  })
})

it('adds a mapping from a preset of Engage, duplicates it, switches it off and removes it', async () => {
  const { page, workbench } = await open({ place: '/destination' })
  await page.getByRole('button', { name: 'Add a mapping' }).click()
  await page.getByRole('menuitem', { name: 'Audience Entered' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Audience Entered' }).waitFor()
  await page.getByRole('button', { name: 'Duplicate' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Audience Entered (copy)' }).waitFor()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page
    .getByRole('dialog', { name: /Remove/ })
    .getByRole('button', { name: 'Remove' })
    .click()
  await page.getByRole('switch', { name: 'Audience Entered (copy) is enabled' }).waitFor({ state: 'detached' })
  const added = page.getByRole('switch', { name: 'Audience Entered is enabled' })
  await added.focus()
  await page.keyboard.press('Space')
  await until(async () => {
    const list = await workbench.get<{ name: string; enabled: boolean }[]>('/api/subscriptions')
    return list.some(({ name, enabled }) => name === 'Audience Entered' && !enabled)
  }, 'the mapping to be off')
})

it('shows the position of a JSON error in an event, and sends the corrected event', async () => {
  const { page } = await open({ place: '/events' })
  await page.getByRole('heading', { name: 'No events yet' }).waitFor()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Send an event' })
  await dialog.getByRole('tab', { name: 'JSON' }).click()
  await dialog.getByRole('textbox', { name: 'Event' }).fill('{\n  "type": track\n}')
  await dialog.getByRole('button', { name: 'Line 2, column 11' }).waitFor()
  expect(await dialog.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true)
  await dialog.getByRole('textbox', { name: 'Event' }).fill('{"type": "track", "event": "Signed Up", "userId": "ana"}')
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await dialog.getByRole('link', { name: 'Open event no. 1' }).click()
  const event = page.getByRole('dialog', { name: /Signed Up/ })
  await event.getByRole('group', { name: 'Attempt 1' }).waitFor()

  await event.getByRole('button', { name: 'Replay exactly' }).click()
  await event.getByText('a replay, no. 2').waitFor()
  await event.getByRole('cell', { name: 'Duplicate' }).waitFor()
  await event.getByText('Kameleoon has already received it and counts it once.').waitFor()
  await event.getByRole('button', { name: 'Edit and send again' }).click()
  await dialog.waitFor()
  expect(await dialog.getByRole('combobox', { name: 'Event name' }).inputValue()).toBe('Signed Up')
  expect(await dialog.getByRole('combobox', { name: 'User ID' }).inputValue()).toBe('ana')
})

it('reports a working and a failing connection, and discards changed settings', async () => {
  const { page } = await open({ place: '/destination' })
  await page.getByRole('button', { name: 'Test connection' }).click()
  await page.getByText('The connection works').waitFor()
  await page.getByRole('textbox', { name: 'Sitecode' }).fill('nosuchcode')
  await page.getByRole('button', { name: 'Test connection' }).click()
  await page.getByText('The connection does not work').waitFor()
  await page.getByRole('button', { name: 'Discard changes' }).click()
  expect(await page.getByRole('textbox', { name: 'Sitecode' }).inputValue()).toBe('emulated01')
})

it('asks before it delivers to the real Kameleoon, shows that on every view, and returns to the emulator', async () => {
  const { page, workbench } = await open({ place: '/destination' })
  await page.getByRole('button', { name: 'Deliver to the real Kameleoon…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Deliver to the real Kameleoon?' })
  await dialog.getByLabel('API Key').fill(Buffer.from('{"id":"a","secret":"b"}').toString('base64'))
  expect(await dialog.getByRole('textbox', { name: 'Sitecode' }).inputValue()).toBe('')
  await dialog.getByRole('textbox', { name: 'Sitecode' }).fill('abc123def4')
  const doIt = dialog.getByRole('button', { name: 'Deliver to the real Kameleoon' })
  expect(await doIt.isDisabled()).toBe(true)
  await dialog.getByRole('checkbox').check()
  await doIt.click()
  for (const view of ['Overview', 'Events', 'Visitors', 'Faults', 'About', 'Destination']) {
    await goTo(page, view)
    await page.getByText('REAL Kameleoon: every event sent here is delivered to project abc123def4').waitFor()
  }
  await page.getByRole('button', { name: 'Back to the emulator' }).click()
  await page.getByText('REAL Kameleoon: every event').waitFor({ state: 'detached' })
  expect((await workbench.state()).target).toMatchObject({ kind: 'emulator', sitecode: 'emulated01' })
})

it('counts new events while the list is paused, filters, searches and clears', async () => {
  const { page, workbench } = await open({ examples: true, place: '/events' })
  await page.getByText('35 of 35 shown').waitFor()
  await page.getByRole('button', { name: 'Pause' }).click()
  await workbench.send('POST', '/api/samples/order')
  await page.getByRole('button', { name: 'Resume (1 new)' }).click()
  await page.getByText('36 of 36 shown').waitFor()

  await page.getByRole('combobox', { name: 'Status' }).click()
  await page.getByRole('option', { name: 'Failed' }).click()
  await page.getByText('5 of 5 shown').waitFor()
  await page.getByRole('button', { name: 'Show all' }).click()
  await page.getByRole('textbox', { name: 'Search events' }).fill('Quote')
  await page.getByText('1 of 1 shown').waitFor()
  await page.getByRole('button', { name: 'Clear search' }).click()

  await page.getByRole('button', { name: 'Clear' }).click()
  const dialog = page.getByRole('dialog', { name: 'Clear all events?' })
  await dialog.getByRole('checkbox', { name: 'Also clear the emulator' }).check()
  await dialog.getByRole('button', { name: 'Clear' }).click()
  await page.getByRole('heading', { name: 'No events yet' }).waitFor()
  await goTo(page, 'Visitors')
  await page.getByText('No visitors yet.').waitFor()
})

it('shows when the connection is lost, and is up to date after it returns', async () => {
  const { page, workbench } = await open({ place: '/events' })
  await page.getByRole('heading', { name: 'No events yet' }).waitFor()
  await page.context().setOffline(true)
  workbench.context.stream.close()
  await page.getByText('The connection to the workbench is lost').waitFor()
  await workbench.send('POST', '/api/samples/order')
  await page.context().setOffline(false)
  await page.getByText('The connection to the workbench is lost').waitFor({ state: 'detached' })
  await rows(page).first().getByRole('link', { name: 'Order Completed' }).waitFor()
})

it('stays quick while thousands of events come in', async () => {
  const { page, workbench } = await open({ place: '/events' })
  await page.evaluate(`
    window.rowsDrawn = 0
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) {
          if (node instanceof Element) window.rowsDrawn += node.matches('tr') ? 1 : node.querySelectorAll('tr').length
        }
      }
    }).observe(document.body, { childList: true, subtree: true })
  `)
  for (let batch = 0; batch < 8; batch++) {
    const events = Array.from({ length: 500 }, (_, index) => ({
      ...{ type: 'track', event: 'Order Completed', userId: `user-${index}` }
    }))
    expect((await workbench.track('/v1/batch', { batch: events })).status).toBe(200)
  }
  await page.getByText(/of 4,000 shown/).waitFor({ timeout: 60_000 })
  await page.getByRole('link', { name: '4,000 delivered' }).waitFor({ timeout: 60_000 })
  // Only the rows that can be seen are drawn.
  expect(await rows(page).count()).toBeLessThan(80)
  // A page that draws every event as it arrives draws at least as many rows.
  const drawn = Number(await page.evaluate('window.rowsDrawn'))
  expect(drawn).toBeGreaterThanOrEqual(20)
  expect(drawn).toBeLessThan(4_000)
  const shown = async (): Promise<number> => {
    const text = (await page.getByText(/of 4,000 shown/).textContent()) ?? ''
    return Number.parseInt(text.replace(',', ''), 10)
  }
  const first = await shown()
  expect(first).toBeLessThan(1_000)
  await until(async () => {
    await page.evaluate('scrollTo(0, document.body.scrollHeight)')
    return (await shown()) > first
  }, 'older events to be loaded')
})
