import { existsSync } from 'fs'
import { join, resolve } from 'path'
import { UsageError } from '../../segment-host'

/** The destination's source. The repository has it under `src`, three folders up from here; an installed package has none. */
export const DESTINATION_FOLDER = join(__dirname, '..', '..', '..', 'src', 'destinations', 'kameleoon')

/** The folder to read from and write to. Throws a UsageError where there is no destination. */
export function destinationFolder(given: string | undefined): string {
  const folder = resolve(given ?? DESTINATION_FOLDER)
  if (existsSync(join(folder, 'index.ts'))) return folder
  const advice =
    given === undefined ? 'run this in the repository, or name the folder with --directory' : 'name another'
  throw new UsageError(`${folder} holds no destination (no index.ts): ${advice}`)
}
