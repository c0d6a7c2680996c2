import { Readable } from 'stream'
import type { SourceLine } from '../segment-host'
import { DocumentError, type BodyMembers } from './documents'
import { bytesOf, openBytes, type EventBytes } from './bytes/event-bytes'
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
  const again = path.size === undefined ? null : () => openBytes(path, standardInput)
  return withForm(openBytes(path, standardInput), again, path.path === STANDARD_INPUT ? 'standard input' : 'a pipe')
}

/**
 * Finds out the form of content that comes as a stream, such as the body of a request, and looks whether there are events
 * in it.
 * @param source what the stream is, for errors
 * @throws FormError when it cannot be read as any form, or an Error of the stream or of gzip
 */
export function openEventStream(content: AsyncIterable<Buffer>, source: string): Promise<EventFile> {
  return withForm(bytesOf(content), null, source)
}

/** Opens the content once more; null where it can be read only once. */
type Again = (() => EventBytes) | null

async function withForm(opened: EventBytes, again: Again, source: string): Promise<EventFile> {
  try {
    return await inItsForm(opened, again, source)
  } catch (error) {
    await opened.content.return(undefined)
    throw error
  }
}

async function inItsForm(opened: EventBytes, again: Again, source: string): Promise<EventFile> {
  const bytes = new PeekedBytes(opened.content)
  if ((await formOf(bytes)) === 'documents') return openDocuments(bytes, opened, again, source)
  await checkLines(bytes)
  return {
    unit: 'line',
    bytesRead: opened.bytesRead,
    portions: (reading) => readEventLines(bytes.whole(), reading)
  }
}

async function openDocuments(bytes: PeekedBytes, opened: EventBytes, again: Again, source: string): Promise<EventFile> {
  // Documents are read twice. What cannot be opened again is kept.
  const kept = again ? null : await held(bytes, source)
  const bodies = await checked(kept ? Readable.from([...kept]) : bytes.whole())
  let bytesRead = again ? () => 0 : opened.bytesRead
  return {
    unit: 'event',
    bytesRead: () => bytesRead(),
    portions: (reading) => {
      if (!again) return readEventDocuments(Readable.from(kept ?? []), bodies, reading)
      const reopened = again()
      bytesRead = reopened.bytesRead
      return readEventDocuments(reopened.content, bodies, reading)
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

async function held(bytes: PeekedBytes, source: string): Promise<Buffer[]> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of bytes.whole()) {
    chunks.push(chunk)
    length += chunk.length
    if (length > MOST_HELD_BYTES) throw tooLong(source)
  }
  return chunks
}

function tooLong(source: string): FormError {
  const advice = 'write one event a line (NDJSON), which may be of any length, or give the file to the command deliver'
  return new FormError(`a JSON document from ${source} may have ${MOST_HELD_BYTES} bytes; ${advice}`)
}
