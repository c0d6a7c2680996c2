import { readFileSync } from 'fs'
import path from 'path'

const DOCS = path.join(__dirname, '../../../docs')

/** A code block of a page in `docs`: the first in this language below this heading. */
export function codeBlock(page: string, heading: string, language = 'js'): string {
  const text = readFileSync(path.join(DOCS, page), 'utf8')
  const section = text.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`))
  const block = section?.split(`\`\`\`${language}\n`)[1]?.split('```')[0]
  if (block === undefined) throw new Error(`docs/${page} has no ${language} block below "${heading}".`)
  return block
}
