import { chmod, readdir, stat } from 'fs/promises'
import { join } from 'path'
import { messageOf } from '../../../segment-host'

/** Files of a workbench, with their copies. */
const OWN_FILES = /^(settings\.json|mappings\.json|write-key|workbench\.lock)(\.|$)/

const OTHERS = 0o077

/**
 * Takes the access of other users away from the files of a workbench and from their folder. Earlier versions, an editor or a
 * copy may have left it. A folder with other files in it belongs to the user and stays as it is.
 * @param log receives one line when something was changed, or could not be
 */
export async function restrictAccess(folder: string, log: (line: string) => void = () => undefined): Promise<void> {
  // Windows has other access rights, which these numbers do not describe.
  if (process.platform === 'win32') return
  const names = await readdir(folder)
  const files = names.filter((name) => OWN_FILES.test(name)).map((name) => join(folder, name))
  const paths = files.length === names.length ? [folder, ...files] : files
  try {
    const open = await openToOthers(paths)
    for (const { path, mode } of open) await chmod(path, mode & ~OTHERS)
    const named = open.map(({ path }) => path).join(', ')
    if (open.length > 0) log(`Other users of this machine could read ${named}. Now only you can.`)
  } catch (error) {
    log(`Other users of this machine may be able to read ${folder}: ${messageOf(error)}`)
  }
}

async function openToOthers(paths: string[]): Promise<{ path: string; mode: number }[]> {
  const all = await Promise.all(paths.map(async (path) => ({ path, mode: (await stat(path)).mode & 0o777 })))
  return all.filter(({ mode }) => (mode & OTHERS) !== 0)
}
