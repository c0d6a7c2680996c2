import { CustomData, type KameleoonClient } from '@kameleoon/javascript-sdk'
import { transformSync } from '@swc/core'
import { readFileSync } from 'fs'
import path from 'path'
import vm from 'vm'

const DOCS = path.join(__dirname, '../../../docs')

type AddStoredData = (client: KameleoonClient, visitorCode: string) => Promise<void>

/** A code block of a page in `docs`: the first one in this language below this heading. */
export function codeBlock(page: string, heading: string, language = 'js'): string {
  const text = readFileSync(path.join(DOCS, page), 'utf8')
  const section = text.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`))
  const block = section?.split(`\`\`\`${language}\n`)[1]?.split('```')[0]
  if (block === undefined) throw new Error(`docs/${page} has no ${language} block below "${heading}".`)
  return block
}

/** The documented function for servers, with the genuine SDK. */
export function addStoredData(): AddStoredData {
  const example = codeBlock('stored-data-in-targeting.md', 'On a server')
  const { code } = transformSync(example, { module: { type: 'commonjs' } })
  // The example exports a function of this name; a test calls it.
  const module = { exports: {} as { addStoredData: AddStoredData } }
  vm.runInNewContext(code, { module, exports: module.exports, require: () => ({ CustomData }) })
  return module.exports.addStoredData
}
