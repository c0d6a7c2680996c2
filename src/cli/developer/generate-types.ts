import { existsSync } from 'fs'
import { join } from 'path'
import type { Surroundings } from '../surroundings'
import { destinationFolder } from './destination-folder'
import { bringUpToDate } from './generated-files'
import { typeFiles } from './types/type-files'

export interface GenerateTypesOptions {
  directory?: string
  /** Write nothing, only tell what is out of date. */
  check?: boolean
}

/**
 * Writes generated-types.ts beside the definition and beside each action. Resolves to 0; with `check` to 1 when one of them
 * is out of date.
 */
export async function generateTypes<Settings>(
  { directory, check }: GenerateTypesOptions,
  { terminal, definition }: Pick<Surroundings<Settings>, 'terminal' | 'definition'>
): Promise<number> {
  const folder = destinationFolder(directory)
  const files = await typeFiles(definition, (name) => existsSync(join(folder, name)))
  return bringUpToDate(folder, files, { check }, terminal.stdout)
}
