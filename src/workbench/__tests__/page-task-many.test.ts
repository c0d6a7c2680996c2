import type { Page } from 'playwright-core'
import { countedClicks } from './clicks'
import { onThePage } from './page-test'
import type { RunningWorkbench } from './running-workbench'
import { seriousProblems } from './serious-problems'

const { open } = onThePage()

jest.setTimeout(120_000)

const goTo = (page: Page, view: string) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click()

const order = (number: number) => ({
  ...{ type: 'track', event: 'Order Completed', userId: `user-${number}`, messageId: `order-${number}` },
  properties: { kameleoonVisitorCode: `visitor-${number}`, revenue: 10 }
})

const stranger = (number: number) => ({ type: 'track', event: 'Signed Up', anonymousId: `anonymous-${number}` })

function fileOf(name: string, lines: string[]) {
  return { name, mimeType: 'application/x-ndjson', buffer: Buffer.from(lines.join('\n')) }
}

async function chooseFile(page: Page, press: () => Promise<void>, file: ReturnType<typeof fileOf>): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press()])
  await chooser.setFiles(file)
}

/** Lets the mapping of track calls take the anonymous id as visitor code. */
async function mend({ context, send }: RunningWorkbench): Promise<void> {
  const [{ id, ...draft }] = context.subscriptions.list()
  const kameleoonVisitorCode = { '@path': '$.anonymousId' }
  await send('PUT', `/api/subscriptions/${id}`, { ...draft, mapping: { ...draft.mapping, kameleoonVisitorCode } })
}

it('sends a file of 5,000 events in two clicks, with wrong lines named and links to its events', async () => {
  const { page, workbench } = await open({ examples: true })
  const clicks = await countedClicks(page)
  const lines = Array.from({ length: 5_000 }, (_, number) => JSON.stringify(order(number)))
  const file = fileOf('orders.ndjson', [...lines.slice(0, 10), '{"type": "track",', ...lines.slice(10)])
  await goTo(page, 'Events')
  await chooseFile(page, () => page.getByRole('button', { name: 'Open a file' }).click(), file)
  const panel = page.getByRole('region', { name: 'orders.ndjson' })
  await panel.getByText('Done: 5,000 events read').waitFor({ timeout: 90_000 })
  expect(await clicks()).toBeLessThanOrEqual(2)
  await panel.getByRole('link', { name: '5,000 delivered' }).waitFor()
  expect((await workbench.state()).runs[0]).toMatchObject({ events: 5_000, delivered: 5_000, problems: 1 })
  expect(workbench.context.emulator.visitor('visitor-4999')?.conversions).toMatchObject([{ revenue: 10 }])

  await panel.getByText('1 line has a problem').click()
  await panel.getByText(/^Line 11: not JSON/).waitFor()
  expect(await seriousProblems(page)).toEqual([])
  await panel.getByRole('link', { name: 'Show its events' }).click()
  await page.getByText(/5,000/).first().waitFor()
  await panel.getByRole('button', { name: 'Close orders.ndjson' }).click()
  await panel.waitFor({ state: 'detached' })
})

it('replays all failed events in three clicks after their mapping was mended, and says before what will happen', async () => {
  const { page, workbench } = await open()
  await workbench.track('/v1/batch', { batch: Array.from({ length: 12 }, (_, number) => stranger(number)) })
  await workbench.context.delivery.idle()
  await mend(workbench)
  const clicks = await countedClicks(page)
  await goTo(page, 'Events')
  await page.getByRole('button', { name: 'Replay 12 failed' }).click()
  const dialog = page.getByRole('dialog', { name: 'Replay 12 failed?' })
  await dialog.getByText(/12 failed events of the list will be sent again/).waitFor()
  await dialog.getByText('Their mapping was changed after they failed.').waitFor()
  await dialog.getByRole('button', { name: 'Replay 12 failed' }).click()
  const panel = page.getByRole('region', { name: 'Replay of 12 failed events' })
  await panel.getByText('Done: 12 of 12 events sent again').waitFor()
  expect(await clicks()).toBeLessThanOrEqual(3)
  await panel.getByRole('link', { name: '12 delivered' }).waitFor()
  expect(workbench.context.emulator.visitor('anonymous-11')?.conversions).toHaveLength(1)
  await page.getByRole('button', { name: /^Replay \d/ }).waitFor({ state: 'detached' })
})

it('tells of a replay whether it counted again, and names event and visitor of what was discarded', async () => {
  const { page, workbench } = await open({ place: '/events' })
  await workbench.send('POST', '/api/events', { event: order(1) })
  await workbench.context.delivery.idle()
  const [{ id }] = await workbench.events()
  await page.goto(`${workbench.address}/#/events/${id}`)
  const event = page.getByRole('dialog', { name: /Order Completed/ })
  await event.getByText(/the emulator drops a replay as a duplicate/).waitFor()
  await event.getByRole('button', { name: 'Replay exactly' }).click()
  await event.getByText('Duplicate, not counted again').waitFor()
  await event.getByRole('link', { name: 'event no. 1' }).waitFor()

  const [{ id: mapping, ...draft }] = workbench.context.subscriptions.list()
  const change = (fields: object) =>
    workbench.send('PUT', `/api/subscriptions/${mapping}`, { ...draft, mapping: { ...draft.mapping, ...fields } })
  await change({ revenue: 25 })
  await event.getByText(/would count again: Conversion of Order Completed, 25/).waitFor()
  await event.getByRole('button', { name: 'Replay exactly' }).click()
  await event.getByText(/^Counted again: Conversion of Order Completed, 25/).waitFor()

  await change({ goalId: 999_999 })
  await workbench.send('POST', '/api/events', { event: order(2) })
  await workbench.context.delivery.idle()
  await page.keyboard.press('Escape')
  await goTo(page, 'Discarded')
  const part = page.getByRole('list', { name: 'Discarded, latest first' }).getByRole('listitem')
  await part.getByText('Choose a goal of the project in the field Goal of the mapping').waitFor()
  await part.getByRole('link', { name: 'visitor-2' }).waitFor()
  expect(await seriousProblems(page)).toEqual([])
  await part.getByRole('link', { name: /Order Completed, no\. \d/ }).click()
  await event
    .getByText(/Accepted, then discarded/)
    .first()
    .waitFor()
  expect(await event.locator('[data-tone=good]').count()).toBe(0)
})

it('imports mappings after showing what would be added and replaced', async () => {
  const { page, workbench } = await open({ place: '/destination' })
  const [{ id: _id, ...first }] = workbench.context.subscriptions.list()
  const mappings = [
    { ...first, subscribe: 'type = "track" and event = "Order Completed"' },
    { ...first, name: 'Refunds', subscribe: 'event = "Order Refunded"' },
    { ...first, name: 'Broken', subscribe: 'event == "x"' }
  ]
  const file = fileOf('mappings.json', [JSON.stringify(mappings)])
  await chooseFile(page, () => page.getByRole('button', { name: 'Import' }).click(), file)
  const dialog = page.getByRole('dialog', { name: 'Import mappings?' })
  const list = dialog.getByRole('list', { name: 'Mappings of the file' })
  await list.waitFor()
  expect(await list.getByRole('listitem').allTextContents()).toEqual([
    expect.stringMatching(/^Replaces.*Track Calls/),
    expect.stringMatching(/^New.*Refunds/),
    expect.stringMatching(/^Left out.*Broken.*=/)
  ])
  await dialog.getByRole('button', { name: 'Import 2 mappings' }).click()
  await page.getByRole('link', { name: 'Refunds' }).waitFor()
  expect(await workbench.get('/api/subscriptions')).toContainEqual(
    expect.objectContaining({ name: 'Track Calls', subscribe: mappings[0].subscribe })
  )
})
