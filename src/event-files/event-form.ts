import { isRecord, kindOf, parsedJson } from '../segment-host'
import { isBody, isStartOfJson } from './documents'
import { LONGEST_LINE_BYTES } from './event-lines'
import type { PeekedBytes } from './bytes/peeked-bytes'

/** `lines`: one event a line. `documents`: JSON over several lines, or several events on one. */
export type EventForm = 'lines' | 'documents'

/** The form of the content by its first line that is not blank. */
export async function formOf(bytes: PeekedBytes): Promise<EventForm> {
  const chunks: Buffer[] = []
  for await (const chunk of bytes.ahead()) {
    chunks.push(chunk)
    const form = formOfStart(Buffer.concat(chunks), false)
    if (form) return form
  }
  return formOfStart(Buffer.concat(chunks), true) ?? 'lines'
}

/** Undefined while more must be read to tell. */
function formOfStart(start: Buffer, isAll: boolean): EventForm | undefined {
  // `trimStart` also removes a byte order mark.
  const text = start.toString('utf8').trimStart()
  if (text === '') return isAll ? 'lines' : undefined
  if (text.startsWith('[')) return 'documents'
  if (!text.startsWith('{')) return 'lines'
  const end = text.indexOf('\n')
  if (end === -1 && !isAll && start.length <= LONGEST_LINE_BYTES) return undefined
  const line = end === -1 ? text : text.slice(0, end)
  const value = parsedJson(line)
  if (value !== undefined) return isBody(value) ? 'documents' : 'lines'
  return isStartOfJson(Buffer.from(line)) ? 'documents' : 'lines'
}

/** Whether a value is an event beyond doubt. */
export function looksLikeEvent(value: unknown): boolean {
  return isRecord(value) && typeof value.type === 'string'
}

const MOST_NAMES = 5

/** What a value is that does not look like an event, for the user. */
export function shapeOf(value: unknown): string {
  if (!isRecord(value)) return kindOf(value)
  const names = Object.keys(value)
    .slice(0, MOST_NAMES)
    .map((name) => JSON.stringify(name.slice(0, 40)))
  const shown = names.length === 0 ? 'no members' : `the members ${names.join(', ')}`
  return `an object with ${shown}, but without a "type"`
}
