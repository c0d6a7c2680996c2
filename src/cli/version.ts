import { readFileSync } from 'fs'
import { join } from 'path'

/** The version of this package, from its package.json two folders up, in the repository and when installed. */
export function packageVersion(): string {
  const content: unknown = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'))
  const version: unknown = typeof content === 'object' && content !== null ? Reflect.get(content, 'version') : undefined
  return typeof version === 'string' ? version : 'unknown'
}
