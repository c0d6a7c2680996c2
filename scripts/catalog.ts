/** Writes docs/catalog.md, the content of the catalog page, or with `--check` reports whether it is out of date. */
import { readFile, writeFile } from 'fs/promises'
import path from 'path'
import { format, resolveConfig } from 'prettier'
import { catalogPage } from './catalog/page'

const FILE = path.join(__dirname, '../docs/catalog.md')

async function main(isCheck: boolean): Promise<void> {
  const options = await resolveConfig(FILE)
  const text = await format(await catalogPage(), { ...options, parser: 'markdown' })
  if (text === (await readFile(FILE, 'utf8').catch(() => ''))) return
  if (!isCheck) await writeFile(FILE, text)
  console.log(`${isCheck ? 'out of date' : 'written'}: docs/catalog.md`)
  if (isCheck) process.exitCode = 1
}

void main(process.argv.includes('--check'))
