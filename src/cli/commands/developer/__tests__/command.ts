import { cpSync, mkdtempSync, rmSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import type { DestinationDefinition } from '@segment/actions-core'
import kameleoon from '../../../../destinations/kameleoon'
import { run } from '../../../program'
import { observedTerminal } from '../../../__tests__/observed-terminal'
import { DESTINATION_FOLDER } from '../../../package-files'

/** What a command printed, said and ended with. */
export interface Ended {
  code: number
  printed: string
  said: string
}

/** Runs the command with these arguments, for this destination. */
export async function command(args: string[], definition: unknown = kameleoon): Promise<Ended> {
  const terminal = observedTerminal()
  const code = await run(args, {
    terminal,
    definition: definition as DestinationDefinition<unknown>,
    untilInterrupted: () => Promise.resolve('SIGINT' as const)
  })
  return { code, printed: terminal.printed(), said: terminal.said() }
}

const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })))

/** A copy of the destination's folder that a test may change. */
export function copiedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'developer-command-'))
  folders.push(folder)
  cpSync(DESTINATION_FOLDER, folder, { recursive: true })
  return folder
}
