import { readFile, writeFile } from 'fs/promises'
import { join } from 'path'
import type { Output } from '../../context'
import { messageOf, UsageError } from '../../../segment-host'

/** A file that is derived from the definition: where it belongs within the destination's folder, and what it says. */
export interface GeneratedFile {
  path: string
  content: string
}

/** Files that differ from what they should be, in their order. */
export async function outdated(folder: string, files: GeneratedFile[]): Promise<GeneratedFile[]> {
  const current = await Promise.all(files.map(({ path }) => readFile(join(folder, path), 'utf8').catch(() => null)))
  return files.filter(({ content }, index) => content !== current[index])
}

/**
 * Writes the files that differ, or with `check` only names them. Resolves to the exit code: 1 when a check found any.
 */
export async function bringUpToDate(
  folder: string,
  files: GeneratedFile[],
  { check }: { check?: boolean },
  output: Output
): Promise<number> {
  const changed = await outdated(folder, files)
  for (const file of changed) {
    if (!check) await write(folder, file)
    output.write(`${check ? 'out of date' : 'written'}: ${file.path}\n`)
  }
  if (changed.length === 0) output.write(`up to date: ${files.map(({ path }) => path).join(', ')}\n`)
  return check && changed.length > 0 ? 1 : 0
}

async function write(folder: string, { path, content }: GeneratedFile): Promise<void> {
  try {
    await writeFile(join(folder, path), content)
  } catch (error) {
    throw new UsageError(`Cannot write ${path}: ${messageOf(error)}`)
  }
}
