import { readdir, unlink } from 'fs/promises'
import { join } from 'path'

/**
 * Files are written under these names with a number after them, and then renamed. Those of the lock hold no secret, and may be of
 * a workbench that is just starting.
 */
const HALF_WRITTEN = /^(settings\.json|mappings\.json|write-key)\.\d+$/

/**
 * Removes the temporary files of processes that were killed while they wrote. They may contain an API key. Only the workbench
 * that may change the folder calls this, when nothing is being written.
 */
export async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder)
  for (const name of names.filter((one) => HALF_WRITTEN.test(one))) await unlink(join(folder, name))
}
