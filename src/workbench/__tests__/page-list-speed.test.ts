import type { Page } from 'playwright-core'
import { onThePage } from './page-test'
import { until, type RunningWorkbench } from './running-workbench'

const { open } = onThePage()

jest.setTimeout(180_000)

const MOST_EVENTS = 20_000

/** A step may take so many milliseconds on a machine that is busy with other tests; alone it takes less than 100. */
const LONGEST_STEP = 700

/** Puts events into the log without delivering them, which would take longer than everything that is measured here. */
function fill({ context: { events } }: RunningWorkbench): void {
  for (let n = 1; n <= MOST_EVENTS; n++) {
    const [type, name, visitorCode, messageId] = ['track', `Order ${n % 10}`, `visitor-${n % 500}`, `message-${n}`]
    const properties = { kameleoonVisitorCode: visitorCode, revenue: n, products: Array(5).fill({ name: 'A product' }) }
    const live = events.add({
      ...{ origin: 'tracking-api', receivedAt: Date.now(), type, name, visitorCode, messageId, currency: null },
      ...{ rejection: n % 100 === 0 ? `Broken in way ${n % 7}` : null, filtered: null },
      text: JSON.stringify({ type, event: name, userId: `user-${n}`, messageId, properties })
    })
    live.follow([])
  }
}

/** The longest of the steps in milliseconds: from the change until the page has drawn twice. */
function longestStep(page: Page, steps: number, step: string): Promise<number> {
  return page.evaluate(`(async () => {
    const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    let longest = 0
    for (let n = 0; n < ${steps}; n++) {
      await drawn()
      const start = performance.now()
      ${step}
      await drawn()
      longest = Math.max(longest, performance.now() - start)
    }
    return longest
  })()`)
}

/** Collects tasks of more than 50 ms in the page, from now on. */
async function longTasks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(`
    window.longest = 0
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration)
    }).observe({ entryTypes: ['longtask'] })
  `)
  return async () => Number(await page.evaluate('const longest = window.longest; window.longest = 0; longest'))
}

it('scrolls and searches in twenty thousand events without delay', async () => {
  const { page, workbench } = await open({ place: '/events' })
  fill(workbench)
  await page.reload()
  const table = page.getByRole('table', { name: 'Events, newest first' })
  await page.getByText('200 of 20,000 shown').waitFor()
  expect(await table.getAttribute('aria-rowcount')).toBe('20001')
  const measured: Record<string, number> = {}
  const longTask = await longTasks(page)

  measured.loading = await longestStep(page, 20, 'scrollTo(0, document.body.scrollHeight)')
  await until(async () => {
    await page.evaluate('scrollTo(0, document.body.scrollHeight)')
    return page.getByText('20,000 of 20,000 shown').isVisible()
  }, 'all events to be loaded')
  measured['long task while loading'] = await longTask()
  // Only the rows that can be seen are drawn.
  expect(await table.locator('tbody tr').count()).toBeLessThan(100)
  await table.locator('tbody tr').last().getByText('Order 1', { exact: true }).waitFor()
  expect(await table.locator('tbody tr').last().getAttribute('aria-rowindex')).toBe('20001')

  measured.scrolling = await longestStep(page, 60, 'scrollBy(0, n % 2 ? -700 : -9000)')
  measured.jumping = await longestStep(page, 20, 'scrollTo(0, (n * 7919 % 20) / 20 * document.body.scrollHeight)')
  measured['long task while scrolling'] = await longTask()

  await page.keyboard.press('/')
  for (const [typed, found] of [
    ['message-7', '1,111'],
    ['77', '11'],
    ['7', '1']
  ]) {
    const start = Date.now()
    await page.keyboard.type(typed)
    await page.getByText(new RegExp(`of ${found} shown`)).waitFor()
    measured[`search ${typed}`] = Date.now() - start
  }
  measured['long task while searching'] = await longTask()
  for (const q of ['product', 'message-19999', 'status:failed "way 3"', 'visitor:visitor-7', 'nothing like it']) {
    const start = performance.now()
    await workbench.events(`q=${encodeURIComponent(q)}`)
    measured[`answer to ${q}`] = performance.now() - start
  }
  if (process.env.SHOW_SPEED) process.stdout.write(`${JSON.stringify(measured, null, 2)}\n`)
  expect(Object.entries(measured).filter(([, milliseconds]) => milliseconds > LONGEST_STEP)).toEqual([])
})
