import { Readable } from 'stream'
import type { SourceLine } from '../../segment-host'
import { DocumentError, type BodyMembers } from './documents'
import { openBytes, type EventBytes } from './bytes/event-bytes'
import { checkDocuments, readEventDocuments } from './event-documents'
import { formOf } from './event-form'
import { readEventLines } from './event-lines'
import { STANDARD_INPUT, type EventPath } from './event-paths'
import { checkLines } from './lines-check'
import { PeekedBytes } from './bytes/peeked-bytes'
import type { Reading } from './places'
import { FormError } from './read-problems'

/** A file of events whose form is known. */
export interface EventFile {
  /** What `line` of an event counts: lines of the file, or the events of JSON documents. */
  unit: 'line' | 'event'
  /** Bytes read so far, as stored. */
  bytesRead: () => number
  /** Its lines, in portions; can be read once. */
  portions: (reading: Reading) => AsyncIterable<readonly SourceLine[]>
}

/**
 * Opens a file, finds out its form, and looks whether there are events in it.
 * @throws FormError when it cannot be read as any form, or an Error of the file system or of gzip
 */
export async function openEventFile(path: EventPath, standardInput: Readable): Promise<EventFile> {
  const opened = openBytes(path, standardInput)
  try {
    return await withForm(path, opened, standardInput)
  } catch (error) {
    await opened.content.return(undefined)
    throw error
  }
}

async function withForm(path: EventPath, opened: EventBytes, standardInput: Readable): Promise<EventFile> {
  const bytes = new PeekedBytes(opened.content)
  if ((await formOf(bytes)) === 'documents') return openDocuments(path, bytes, opened, standardInput)
  await checkLines(bytes)
  return {
    unit: 'line',
    bytesRead: opened.bytesRead,
    portions: (reading) => readEventLines(bytes.whole(), reading)
  }
}

async function openDocuments(
  path: EventPath,
  bytes: PeekedBytes,
  opened: EventBytes,
  standardInput: Readable
): Promise<EventFile> {
  // Documents are read twice. A regular file has a size, and can be opened again.
  const kept = path.size === undefined ? await held(bytes, path) : null
  const bodies = await checked(kept ? Readable.from([...kept]) : bytes.whole())
  let bytesRead = kept ? opened.bytesRead : () => 0
  return {
    unit: 'event',
    bytesRead: () => bytesRead(),
    portions: (reading) => {
      if (kept) return readEventDocuments(Readable.from(kept), bodies, reading)
      const again = openBytes(path, standardInput)
      bytesRead = again.bytesRead
      return readEventDocuments(again.content, bodies, reading)
    }
  }
}

async function checked(content: AsyncIterable<Buffer>): Promise<BodyMembers[]> {
  try {
    return await checkDocuments(content)
  } catch (error) {
    throw error instanceof DocumentError ? new FormError(error.message) : error
  }
}

/** What cannot be opened again is kept in memory, up to this many bytes. */
const MOST_HELD_BYTES = 64 * 1024 * 1024

async function held(bytes: PeekedBytes, { path }: EventPath): Promise<Buffer[]> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of bytes.whole()) {
    chunks.push(chunk)
    length += chunk.length
    if (length > MOST_HELD_BYTES) {
      const source = path === STANDARD_INPUT ? 'standard input' : 'a pipe'
      throw new FormError(`a JSON document from ${source} may have ${MOST_HELD_BYTES} bytes; save it as a file`)
    }
  }
  return chunks
}
