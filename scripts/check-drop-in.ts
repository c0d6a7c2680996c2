/**
 * Checks that the destination's folder can be copied into Segment's repository as it is: its types, imports, files,
 * snapshots and format, as far as they can be checked without that repository. Ends with 1 when something is wrong.
 */
import { DESTINATION_FOLDER } from '../src/cli/developer/destination-folder'
import type { Check } from './drop-in/check'
import { layOut, type DropInFolder } from './drop-in/drop-in-folder'
import { formatCheck } from './drop-in/format-check'
import { formsCheck } from './drop-in/forms-check'
import { importsCheck } from './drop-in/imports-check'
import { snapshotsCheck } from './drop-in/snapshots-check'
import { typesCheck } from './drop-in/types-check'

const CHECKS: Check[] = [formsCheck, importsCheck, snapshotsCheck, formatCheck, typesCheck]

async function main(source: string): Promise<void> {
  const folder = layOut(source)
  try {
    for (const check of CHECKS) {
      if (!(await passes(check, folder))) process.exitCode = 1
    }
  } finally {
    folder.remove()
  }
}

async function passes({ name, run }: Check, folder: DropInFolder): Promise<boolean> {
  const { faults, detail } = await Promise.resolve(run(folder)).catch((error: unknown) => ({
    faults: [error instanceof Error ? error.message : String(error)],
    detail: 'not checked'
  }))
  console.log(`${faults.length === 0 ? 'ok' : 'x '} ${name}: ${detail}`)
  for (const fault of faults) console.log(`   ${fault}`)
  return faults.length === 0
}

main(process.argv[2] ?? DESTINATION_FOLDER).catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
