import type { Page } from 'playwright-core'

/**
 * Counts what a user presses with the mouse on a page, from now on. Text that is typed and keys are not counted; a choice in a
 * native list, which tests make without the mouse, is one more.
 */
export async function countedClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counter = { pressed: 0 }
    Object.assign(window, { counter })
    document.addEventListener('pointerdown', () => counter.pressed++, { capture: true })
    document.addEventListener('change', ({ target }) => target instanceof HTMLSelectElement && counter.pressed++, {
      capture: true
    })
  })
  // Set above.
  return () => page.evaluate(() => (window as unknown as { counter: { pressed: number } }).counter.pressed)
}
