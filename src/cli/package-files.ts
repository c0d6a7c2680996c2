import { existsSync, readFileSync } from 'fs'
import { join, resolve } from 'path'
import { memberOf, parsedJson, UsageError } from '../segment-host'

/** The folder of this package's package.json, two folders up: `src/cli` in the repository and `dist/cli` in the package. */
export const PACKAGE_FOLDER = join(__dirname, '..', '..')

/** The bundled events. */
export const EXAMPLES_PATH = join(PACKAGE_FOLDER, 'examples', 'events.ndjson')

/** The destination's source. Only the repository has it, the installed package does not. */
export const DESTINATION_FOLDER = join(PACKAGE_FOLDER, 'src', 'destinations', 'kameleoon')

/** The version in package.json. */
export function packageVersion(): string {
  const version = memberOf(JSON.parse(readFileSync(join(PACKAGE_FOLDER, 'package.json'), 'utf8')), 'version')
  return typeof version === 'string' ? version : 'unknown'
}

/** The destination's folder to read from and write to. Throws a UsageError when it holds no destination. */
export function destinationFolder(given: string | undefined): string {
  const folder = resolve(given ?? DESTINATION_FOLDER)
  if (existsSync(join(folder, 'index.ts'))) return folder
  const advice =
    given === undefined ? 'run this in the repository, or name the folder with --directory' : 'name another'
  throw new UsageError(`${folder} holds no destination (no index.ts): ${advice}`)
}

/** What package.json requires of something, such as `>=20.19`. */
export function packageRequirement(kind: 'engines', name: string): string {
  const content = parsedJson(readFileSync(join(PACKAGE_FOLDER, 'package.json'), 'utf8'))
  const range = memberOf(memberOf(content, kind), name)
  return typeof range === 'string' ? range : '*'
}
