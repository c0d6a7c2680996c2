import { CustomData, type KameleoonClient } from '@kameleoon/javascript-sdk'
import { transformSync } from '@swc/core'
import vm from 'vm'
import { codeBlock } from './code-block'

type AddStoredData = (client: KameleoonClient, visitorCode: string) => Promise<void>

/** The function that the documents tell for servers, with the genuine SDK. */
export function addStoredData(): AddStoredData {
  const example = codeBlock('stored-data-in-targeting.md', 'On a server')
  const { code } = transformSync(example, { module: { type: 'commonjs' } })
  const module = { exports: {} as { addStoredData: AddStoredData } }
  vm.runInNewContext(code, { module, exports: module.exports, require: () => ({ CustomData }) })
  return module.exports.addStoredData
}
