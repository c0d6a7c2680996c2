import { randomBytes } from 'crypto'
import { join } from 'path'
import { SavedFile } from '../saved-file'

/** Only the user may read the write key. */
const FILE_MODE = 0o600

/**
 * The write key of the only source, kept in the data folder. It is generated once and random, so that other web pages cannot
 * send events to this workbench.
 */
export async function savedWriteKey(dataFolder: string): Promise<string> {
  const file = new SavedFile(join(dataFolder, 'write-key'), FILE_MODE)
  const saved = (await file.read())?.trim()
  if (saved) return saved
  const writeKey = randomBytes(16).toString('hex')
  await file.write(`${writeKey}\n`)
  return writeKey
}
