/**
 * Checks that the destination's folder can be copied into Segment's repository unchanged: its files, imports, exports,
 * snapshots, format and types, as far as this can be checked without that repository. Exit code 1 if something is wrong.
 */
import { DESTINATION_FOLDER } from '../src/cli/package-files'
import { layOut, type Check, type DropInFolder } from './drop-in/drop-in-folder'
import { filesCheck, sizeCheck, snapshotsCheck } from './drop-in/files-check'
import { exportsCheck, importsCheck } from './drop-in/imports-check'
import { formatCheck, typesCheck } from './drop-in/tools-check'

const CHECKS: Check[] = [filesCheck, sizeCheck, importsCheck, exportsCheck, snapshotsCheck, formatCheck, typesCheck]

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
