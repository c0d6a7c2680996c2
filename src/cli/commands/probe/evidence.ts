import type { HttpRequest } from './transport'

/** One call to Kameleoon. */
export interface Call {
  method: HttpRequest['method']
  api: 'data' | 'automation'
  path: string
  query?: Record<string, string>
  /** Sent as JSON; a text is sent as plain text. */
  body?: unknown
  /** Which access token goes along. Default `valid`. */
  token?: 'valid' | 'none' | 'wrong'
  /** Whether the report must not contain the query, the body and the answer, since they tell about the project or its users. */
  isPrivate?: boolean
}

export interface Answer {
  status: number
  text: string
  /** The content, undefined when it is not JSON. */
  json: unknown
}

/** A call and its answer, as the report shows them. */
export interface Evidence {
  request: string
  token: 'valid' | 'none' | 'wrong'
  body?: string
  /** Null when there was no answer. */
  status: number | null
  answer?: string
  /** Why there was no answer. */
  error?: string
}

const LONGEST_SHOWN = 600

/** What the report shows of a call before its answer. */
export function recordOf({ token = 'valid', isPrivate, method }: Call, { url, body }: HttpRequest): Evidence {
  const request = `${method} ${isPrivate ? url.split('?')[0] : decoded(url)}`
  return { request, token, ...(body === undefined || isPrivate ? {} : { body: shown(body) }), status: null }
}

function decoded(url: string): string {
  return decodeURIComponent(url)
}

/** The text, cut where it is long. */
export function shown(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
}
