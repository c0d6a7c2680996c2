import type { FastifyRequest, FastifyReply } from 'fastify'
import type { State } from './state'
import { isText, parseJson } from './values'

/** An HTTP error answer. The body has `message`, as Kameleoon's error bodies do. */
export class HttpError extends Error {
  readonly status: number
  /** Further headers of the answer, by lower-case name. */
  readonly headers: Record<string, string>

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.name = 'HttpError'
    this.status = status
    this.headers = headers
  }
}

/** The query parameters by name. */
export function queryOf(request: FastifyRequest): Record<string, string> {
  // The server's querystring parser makes every value text.
  return request.query as Record<string, string>
}

/** The path without the query. */
export function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0]
}

/** The body as text, empty when there is none. */
export function textOf(request: FastifyRequest): string {
  return isText(request.body) ? request.body : ''
}

/** The body as text. Throws a 413 error when it has more than `maxBytes` bytes. */
export function textWithin(request: FastifyRequest, maxBytes: number): string {
  const body = textOf(request)
  const bytes = Buffer.byteLength(body)
  if (bytes > maxBytes) throw new HttpError(413, `The body has ${bytes} bytes; at most ${maxBytes} are allowed.`)
  return body
}

/** Throws a 400 error unless the body is declared as this media type. */
export function requireContentType(request: FastifyRequest, mediaType: string): void {
  const given = request.headers['content-type'] ?? ''
  if (given.split(';')[0].trim().toLowerCase() !== mediaType) {
    throw new HttpError(400, `Content-Type must be ${mediaType}, not '${given}'.`)
  }
}

/** Throws a 400 error unless the query names the emulated project. */
export function requireSite(state: State, request: FastifyRequest): void {
  const { siteCode } = queryOf(request)
  if (!siteCode) throw new HttpError(400, 'The query parameter siteCode is required.')
  if (siteCode !== state.options.sitecode) throw new HttpError(400, `Site code '${siteCode}' is unknown.`)
}

/** A query parameter that is `true` or `false`; false when it is missing. Anything else is a 400 error. */
export function flag(query: Record<string, string>, name: string): boolean {
  const value = query[name] ?? 'false'
  if (value !== 'true' && value !== 'false') throw new HttpError(400, `${name} must be true or false, not '${value}'.`)
  return value === 'true'
}

/** A query parameter that is a whole number from `min` to `max`. Anything else is a 400 error. */
export function wholeNumber(name: string, value: string, min: number, max: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : NaN
  if (!(number >= min && number <= max)) {
    throw new HttpError(400, `${name} must be an integer from ${min} to ${max}, not '${value}'.`)
  }
  return number
}

/** The value of a JSON text. Throws a 400 error when it is not JSON; `expected` completes "Expected ...". */
export function jsonOf(text: string, expected: string): unknown {
  const value = parseJson(text)
  if (value === undefined) throw new HttpError(400, `Expected ${expected}, but this is not JSON.`)
  return value
}

/** Answers 200 with JSON, indented when the caller asked with `prettyPrint=true`. */
export function sendJson(reply: FastifyReply, value: unknown, pretty: boolean): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(value, null, pretty ? 2 : undefined))
}
