import { execFileSync } from 'child_process'
import { mkdirSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'

const SIZE = 64 * 1024

/** A file system of 64 KB in memory. */
export interface SmallDisk {
  path: string
  /** Leaves no room. */
  fill: () => void
  /** Makes room again. */
  free: () => void
  remove: () => void
}

/** Null where this user may not mount anything. */
export function smallDisk(): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'))
  const path = join(folder, 'disk')
  mkdirSync(path)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', path], { stdio: 'ignore' })
  } catch {
    rmSync(folder, { recursive: true })
    return null
  }
  const filler = join(path, 'filler')
  return {
    path,
    fill: () => fillWith(filler),
    free: () => unlinkSync(filler),
    remove: () => {
      execFileSync('umount', [path])
      rmSync(folder, { recursive: true })
    }
  }
}

function fillWith(file: string): void {
  try {
    writeFileSync(file, Buffer.alloc(SIZE))
    throw new Error('The disk is larger than it should be')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
}
