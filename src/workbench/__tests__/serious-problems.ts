import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/**
 * What axe finds on a page that is serious or worse.
 * @param rules the ids of the rules to check; default: all
 */
export async function seriousProblems(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Legacy mode spares a second page for each analysis; it leaves out foreign frames only, and the page has no frames.
  const { violations } = await new AxeBuilder({ page })
    .options({
      resultTypes: ['violations'],
      ...(rules && { runOnly: { type: 'rule', values: [...rules] } })
    })
    .setLegacyMode()
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
