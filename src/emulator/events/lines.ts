import { eventTypeNamed, fieldsOf } from './event-types'
import { kindNamed } from './kinds'
import { parseJson } from '../values'

const USER_AGENT = '&userAgent='

/** One event of a body before any check, or a line that could not be read. */
export type Row = { kind: 'event'; content: unknown } | { kind: 'unreadable'; content: string; reason: string }

/**
 * Reads the line form: one event a line, `name=value&name=value`, values percent-encoded, objects and arrays as JSON text.
 * Everything after `&userAgent=` belongs to the user agent, since SDKs append it without encoding.
 */
export function readLines(body: string): Row[] {
  const lines = body.split('\n').filter((line) => line.trim() !== '')
  return lines.map(readLine)
}

function readLine(line: string): Row {
  try {
    return { kind: 'event', content: typed(readPairs(line)) }
  } catch {
    return { kind: 'unreadable', content: line, reason: 'line with broken percent-encoding' }
  }
}

function readPairs(line: string): Map<string, string> {
  const split = line.indexOf(USER_AGENT)
  const pairs = split < 0 ? line : line.slice(0, split)
  const read = new Map(pairs.split('&').map(readPair))
  if (split >= 0) read.set('userAgent', decodedIfPossible(line.slice(split + USER_AGENT.length)))
  return read
}

function readPair(pair: string): [string, string] {
  const equals = pair.indexOf('=')
  if (equals < 0) return [decodeURIComponent(pair), '']
  return [decodeURIComponent(pair.slice(0, equals)), decodeURIComponent(pair.slice(equals + 1))]
}

/** SDKs do not encode the user agent, so a percent sign in it may encode nothing. */
function decodedIfPossible(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

function typed(pairs: Map<string, string>): Record<string, unknown> {
  const eventType = eventTypeNamed(pairs.get('eventType'))
  if (eventType === undefined) return Object.fromEntries(pairs)
  const fields = fieldsOf(eventType)
  const entries = [...pairs].map(([name, value]): [string, unknown] => {
    const field = fields.get(name)
    return [name, field === undefined || kindNamed(field.kind).isText ? value : jsonOrText(value)]
  })
  return Object.fromEntries(entries)
}

/** A value that is not JSON stays text; the check of its kind reports it. */
function jsonOrText(text: string): unknown {
  const value = parseJson(text)
  return value === undefined ? text : value
}
