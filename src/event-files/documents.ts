import { JSONParser } from '@streamparser/json'
import { isRecord, messageOf } from '../segment-host'

/** A value of a JSON document that stands where an event should. */
export interface DocumentValue {
  value: unknown
  /** Number of the Tracking API body that it belongs to, from 0; null for an event outside of one. */
  body: number | null
}

/** What is in a body of the Tracking API beside its events. */
export type BodyMembers = Record<string, unknown>

/** The documents are no JSON. The message says after which event, and what was seen. */
export class DocumentError extends Error {
  readonly name = 'DocumentError'
}

/**
 * Reads JSON documents, one after another, each over any number of lines: an array of events, a body of Segment's Tracking
 * API, or a single event. Of an array or a body only the events of one chunk are in memory.
 * @param onBody called at the end of a body with what is beside its events
 * @throws DocumentError where the text is no JSON
 */
export async function* readDocuments(
  content: AsyncIterable<Buffer>,
  onBody?: (members: BodyMembers) => void
): AsyncIterable<DocumentValue[]> {
  const documents = new Documents(onBody)
  for await (const chunk of content) yield documents.write(chunk)
  yield documents.end()
}

/** True when more text could make it JSON. */
export function isStartOfJson(text: Buffer): boolean {
  let isStart = true
  const parser = new JSONParser()
  parser.onError = () => void (isStart = false)
  parser.onValue = () => undefined
  parser.write(text)
  return isStart
}

class Documents {
  private found: DocumentValue[] = []
  private count = 0
  private bodies = 0
  private failure: Error | undefined
  // Everything to the third level; deeper values are in those. The separator allows several documents.
  private readonly parser = new JSONParser({ paths: ['$', '$.*', '$.batch.*'], separator: '' })

  constructor(private readonly onBody?: (members: BodyMembers) => void) {
    this.parser.onError = (error) => void (this.failure ??= error)
    this.parser.onValue = ({ value, parent, stack }) => this.take(value, parent, stack.length)
  }

  write(chunk: Buffer): DocumentValue[] {
    this.parser.write(chunk)
    return this.taken()
  }

  end(): DocumentValue[] {
    if (!this.parser.isEnded) this.parser.end()
    return this.taken()
  }

  private taken(): DocumentValue[] {
    if (this.failure) throw new DocumentError(`not valid JSON after event ${this.count}: ${messageOf(this.failure)}`)
    return this.found.splice(0)
  }

  /** @param depth 0 for a whole document, 1 for its members, 2 for the members of `batch` */
  private take(value: unknown, parent: unknown, depth: number): void {
    if (depth === 0) this.endDocument(value)
    if (depth === 1 && Array.isArray(parent)) this.add(value, null, parent)
    if (depth === 2 && Array.isArray(parent)) this.add(value, this.bodies, parent)
  }

  private endDocument(value: unknown): void {
    if (Array.isArray(value)) return
    if (!isBody(value)) return this.add(value, null, [])
    this.bodies++
    this.onBody?.(value)
  }

  private add(value: unknown, body: number | null, siblings: unknown[]): void {
    this.count++
    this.found.push({ value, body })
    // The parser would keep all of them until the end of the document.
    siblings.length = 0
  }
}

/** Whether a value is a body of the Tracking API, which has several events. */
export function isBody(value: unknown): value is BodyMembers {
  return isRecord(value) && Array.isArray(value.batch)
}
