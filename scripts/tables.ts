/**
 * Writes the tables of the README and of docs that come from the program, or with `--check` reports which are out of date.
 * Such a table stands between `<!-- table: NAME -->` and `<!-- end of table -->`.
 */
import { readFile, writeFile } from 'fs/promises'
import path from 'path'
import { format, resolveConfig } from 'prettier'
import { glob } from 'tinyglobby'
import { TABLES } from './catalog/short-tables'

const PROJECT = path.join(__dirname, '..')
const MARKED = /(<!-- table: (.+?) -->\n)[^]*?(<!-- end of table -->)/g

async function main(isCheck: boolean): Promise<void> {
  for (const file of await glob(['README.md', 'docs/**/*.md'], { cwd: PROJECT })) {
    const text = await readFile(path.join(PROJECT, file), 'utf8')
    const written = await formatted(withTables(text), file)
    if (written === text) continue
    if (!isCheck) await writeFile(path.join(PROJECT, file), written)
    console.log(`${isCheck ? 'out of date' : 'written'}: ${file}`)
    if (isCheck) process.exitCode = 1
  }
}

function withTables(text: string): string {
  return text.replace(MARKED, (_all, start: string, name: string, end: string) => {
    if (!(name in TABLES)) throw new Error(`There is no table "${name}". There are: ${Object.keys(TABLES).join(', ')}.`)
    return `${start}\n${TABLES[name]()}\n\n${end}`
  })
}

async function formatted(text: string, file: string): Promise<string> {
  const options = await resolveConfig(path.join(PROJECT, file))
  return text.includes('<!-- table: ') ? format(text, { ...options, parser: 'markdown' }) : text
}

void main(process.argv.includes('--check'))
