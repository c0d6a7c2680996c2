import { readFileSync } from 'fs'
import path from 'path'
import type { Page } from 'playwright-core'

const DOCS = path.join(__dirname, '../../../docs')

/** Where a PNG file keeps its width. https://www.w3.org/TR/png/#11IHDR */
const WIDTH_AT = 16

/**
 * Takes a picture of a page for `docs/`, which is kept there only when UPDATE_SCREENSHOTS is set.
 * @param elsewhere the folder for it otherwise
 */
export async function screenshot(
  page: Page,
  name: string,
  elsewhere: string
): Promise<{ width: number; bytes: number }> {
  const file = path.join(process.env.UPDATE_SCREENSHOTS === '1' ? DOCS : elsewhere, name)
  await page.screenshot({ path: file, animations: 'disabled' })
  const picture = readFileSync(file)
  return { width: picture.readUInt32BE(WIDTH_AT), bytes: picture.length }
}
