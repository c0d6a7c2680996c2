import type { RecordedRequest } from '../../../emulator'
import { parsedJson } from '../../../segment-host'

/** A request as it would go to Kameleoon, without secrets. */
export interface ShownRequest {
  method: string
  url: string
  headers: Record<string, string>
  /** The content of a body in JSON, any other body as text; null when there is none. */
  body: unknown
}

/** Headers that Node adds to every request. */
const OWN_HEADERS = ['host', 'connection', 'content-length']
const HIDDEN = '(hidden)'

/** A request as it would go to Kameleoon, with the access token and the client's credentials hidden. */
export function requestText(request: RecordedRequest): string {
  const { method } = request
  const lines = [`${method} ${urlOf(request)}`]
  for (const [name, value] of Object.entries(shownHeaders(request))) lines.push(`${name}: ${value}`)
  const body = shownBody(request)
  if (body) lines.push('', body)
  return lines.join('\n') + '\n'
}

/** The same request as an object for JSON, with the same secrets hidden. */
export function requestObject(request: RecordedRequest): ShownRequest {
  const { method } = request
  const text = shownBody(request)
  return { method, url: urlOf(request), headers: shownHeaders(request), body: bodyOf(text) }
}

function bodyOf(text: string): unknown {
  if (text === '') return null
  const parsed = parsedJson(text)
  return parsed === undefined ? text : parsed
}

function urlOf({ host, path, query }: RecordedRequest): string {
  const search = new URLSearchParams(query).toString()
  return `https://${host}${path}${search && `?${search}`}`
}

function shownHeaders({ headers }: RecordedRequest): Record<string, string> {
  const shown = Object.entries(headers).filter(([name]) => !OWN_HEADERS.includes(name))
  return Object.fromEntries(
    shown.map(([name, value]) => [name, name === 'authorization' ? value.replace(/\s.*/, ` ${HIDDEN}`) : value])
  )
}

function shownBody({ path, body }: RecordedRequest): string {
  return body && path === '/oauth/token' ? HIDDEN : body
}
