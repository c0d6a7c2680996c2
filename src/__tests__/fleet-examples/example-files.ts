import { readFileSync } from 'fs'
import path from 'path'

const ROOT = path.join(__dirname, '../../..')

/** The text of a file, by its path from the folder of the project. */
export function projectFile(name: string): string {
  return readFileSync(path.join(ROOT, name), 'utf8')
}

/** Where a process listens for Prometheus and for probes, as its arguments say. */
export const argumentOf = (args: readonly string[], option: string): string | undefined =>
  args.includes(option) ? args[args.indexOf(option) + 1] : undefined
