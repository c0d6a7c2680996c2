import { watch } from 'fs'
import { basename, dirname } from 'path'

/** An editor may write a file in several steps; they count as one. */
const QUIET_MS = 100

/**
 * Calls back a moment after the file was changed by anybody; returns the function that ends it. The folder is watched,
 * since editors put a new file in the place of the old one. Where folders cannot be watched nothing is called.
 */
export function watchFile(path: string, onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const later = (_event: string, name: string | null): void => {
    if (name !== null && name !== basename(path)) return
    clearTimeout(timer)
    timer = setTimeout(onChange, QUIET_MS)
  }
  try {
    const watcher = watch(dirname(path), { persistent: false }, later)
    watcher.on('error', () => watcher.close())
    return () => {
      clearTimeout(timer)
      watcher.close()
    }
  } catch {
    return () => undefined
  }
}
