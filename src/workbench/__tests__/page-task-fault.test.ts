import { countedClicks } from './clicks'
import { onThePage } from './page-test'

const { open } = onThePage()

jest.setTimeout(120_000)

/** A pause between two attempts that ends when the test says so, however slow the page is. */
function heldPause() {
  let end = (): void => undefined
  const ended = new Promise<void>((resolve) => (end = resolve))
  return { wait: () => ended, end }
}

it('shows a fault, the event that is retried and its delivery in two clicks from the first page', async () => {
  const pause = heldPause()
  const retry = { firstDelayMs: 60_000, wait: pause.wait }
  const { page, workbench } = await open({ examples: true, workbench: { retry } })
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  const clicks = await countedClicks(page)

  await page.getByRole('link', { name: 'Faults' }).click()
  await page.getByRole('button', { name: 'Try Server error (500) once with a sample order' }).click()
  const event = page.getByRole('dialog', { name: /Order Completed/ })
  await event
    .getByText(/Sent again in \d+ s/)
    .first()
    .waitFor()
  await page.getByRole('list', { name: 'Counts' }).getByRole('link', { name: '1 retrying' }).waitFor()
  pause.end()
  await event.getByRole('group', { name: 'Attempt 2' }).getByText('Delivered, 200').waitFor()
  expect(await event.getByRole('group', { name: 'Attempt 1' }).textContent()).toContain('Retrying, 500')
  expect(await clicks()).toBe(2)
  expect((await workbench.state()).faults).toEqual([])
})
