import { eventTypeNamed, fieldsOf } from './event-types'
import { kindNamed } from './kinds'

const USER_AGENT = '&userAgent='

/** An event as it stood in the body, before any check; `broken` says why a line could not be read. */
export type Row = { content: unknown } | { broken: string; content: string }

/**
 * Reads the line form: one event a line, `name=value&name=value`, values percent-encoded, objects and arrays as JSON text.
 * Everything behind `&userAgent=` belongs to the user agent, since SDKs append it without encoding.
 */
export function readLines(body: string): Row[] {
  const lines = body.split('\n').filter((line) => line.trim() !== '')
  return lines.map(readLine)
}

function readLine(line: string): Row {
  try {
    return { content: typed(readPairs(line)) }
  } catch {
    return { broken: 'line with broken percent-encoding', content: line }
  }
}

function readPairs(line: string): Map<string, string> {
  const split = line.indexOf(USER_AGENT)
  const pairs = split < 0 ? line : line.slice(0, split)
  const read = new Map(pairs.split('&').map(readPair))
  if (split >= 0) read.set('userAgent', leniently(line.slice(split + USER_AGENT.length)))
  return read
}

function readPair(pair: string): [string, string] {
  const equals = pair.indexOf('=')
  if (equals < 0) return [decodeURIComponent(pair), '']
  return [decodeURIComponent(pair.slice(0, equals)), decodeURIComponent(pair.slice(equals + 1))]
}

/** A raw user agent may hold a percent sign that encodes nothing. */
function leniently(value: string): string {
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
    return [name, field === undefined || kindNamed(field.kind).isText ? value : fromJson(value)]
  })
  return Object.fromEntries(entries)
}

function fromJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return text
  }
}
