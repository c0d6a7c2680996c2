import { randomBytes } from 'crypto'
import { SavedFile, type WriteAccess } from '../saved-file'

/**
 * The write key of the only source, kept in a file. It is generated once and random, so that other web pages cannot
 * send events to this workbench.
 */
export async function savedWriteKey(path: string, access?: WriteAccess): Promise<string> {
  const file = new SavedFile(path, access)
  const saved = (await file.read())?.trim()
  if (saved) return saved
  const writeKey = randomBytes(16).toString('hex')
  if (!file.isReadOnly) await file.write(`${writeKey}\n`)
  return writeKey
}
