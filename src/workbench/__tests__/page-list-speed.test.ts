import type { Page } from 'playwright-core'
import { onThePage } from './page-test'
import type { RunningWorkbench } from './running-workbench'

const { open } = onThePage()

jest.setTimeout(300_000)

const MOST_EVENTS = 20_000

/**
 * Milliseconds of work that a step may cost the page. The aim is less than 100 on a machine without other work. The bound is far
 * wider, since the same work takes several times as long beside other tests; drawing all rows would take longer still.
 */
const MOST_WORK = 1_000

/** Puts events into the log without delivering them, which would take longer than everything that is measured here. */
function fill({ context: { events } }: RunningWorkbench): void {
  for (let n = 1; n <= MOST_EVENTS; n++) {
    const [type, name, visitorCode, messageId] = ['track', `Order ${n % 10}`, `visitor-${n % 500}`, `message-${n}`]
    const properties = { kameleoonVisitorCode: visitorCode, revenue: n, products: Array(5).fill({ name: 'A product' }) }
    const live = events.add({
      ...{ origin: 'tracking-api', receivedAt: Date.now(), type, name, visitorCode, messageId, currency: null },
      ...{ rejection: n % 100 === 0 ? `Broken in way ${n % 7}` : null, filtered: null, replayOf: null },
      text: JSON.stringify({ type, event: name, userId: `user-${n}`, messageId, properties })
    })
    live.follow([])
  }
}

/** Measures how long the page works for a step, apart from how long it waits for a busy machine. */
async function workMeter(page: Page) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const worked = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1_000
  }
  /** Milliseconds of the step that took the most. */
  return async (times: number, step: (n: number) => Promise<unknown>): Promise<number> => {
    let most = 0
    for (let n = 0; n < times; n++) {
      const before = await worked()
      await step(n)
      most = Math.max(most, (await worked()) - before)
    }
    return Math.round(most)
  }
}

/** Runs a text in the page, and waits until the page has drawn what follows from it. */
function drawn(page: Page, change: string): Promise<unknown> {
  return page.evaluate(`(async () => {
    ${change}
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  })()`)
}

it('scrolls and searches in twenty thousand events without delay', async () => {
  const { page, workbench } = await open({ place: '/about' })
  fill(workbench)
  await page.evaluate("location.hash = '/events'")
  const table = page.getByRole('table', { name: 'Events, newest first' })
  await page.getByText('of 20,000 shown').waitFor()
  expect(await table.getAttribute('aria-rowcount')).toBe('20001')
  const most = await workMeter(page)
  const work: Record<string, number> = {}

  work.loading = await most(5, () => drawn(page, 'scrollTo(0, document.body.scrollHeight)'))
  const last = table.locator('tbody tr').last()
  for (let n = 0; n < 1_000 && (await last.getAttribute('aria-rowindex')) !== '20001'; n++)
    await drawn(page, 'scrollTo(0, document.body.scrollHeight)')
  await page.getByText('20,000 of 20,000 shown').waitFor()
  await last.getByText('Order 1', { exact: true }).waitFor()
  // Only the rows that can be seen are drawn.
  expect(await table.locator('tbody tr').count()).toBeLessThan(100)
  work.scrolling = await most(5, () => drawn(page, 'scrollBy(0, -700)'))
  work['scrolling far'] = await most(5, () => drawn(page, 'scrollBy(0, -20000)'))
  work.jumping = await most(5, (n) => drawn(page, `scrollTo(0, ${(n * 2) % 5} / 5 * document.body.scrollHeight)`))

  await page.keyboard.press('/')
  for (const [typed, found] of [
    ['message-7', '1,111'],
    ['7', '111'],
    ['77', '1']
  ]) {
    work[`typing ${typed}`] = await most(1, async () => {
      await page.keyboard.type(typed)
      await page.getByText(new RegExp(`of ${found} shown`)).waitFor()
    })
  }
  if (process.env.SHOW_SPEED) process.stdout.write(`${JSON.stringify(work, null, 2)}\n`)
  expect(Object.entries(work).filter(([, milliseconds]) => !(milliseconds < MOST_WORK))).toEqual([])
})
