import type { Connection } from './connection'
import { ResponseError, UnreachableError, UnreadableReplyError } from './errors'

/** The HTTP client that this folder needs. The request client of Segment's framework is one. */
export type HttpRequest = (
  url: string,
  options: {
    method: 'GET' | 'POST'
    headers: Record<string, string>
    body?: string
    throwHttpErrors: false
    skipResponseCloning: true
  }
) => Promise<{ status: number; headers: { get(name: string): string | null }; content: string }>

export interface HttpCall {
  method: 'GET' | 'POST'
  host: string
  path: string
  /** Must not contain a secret: addresses appear in logs and in network errors. */
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: string
}

/** A 2xx answer. */
export interface HttpReply {
  operation: string
  status: number
  text: string
}

/** Calls Kameleoon for one project. */
export interface KameleoonClient {
  readonly connection: Connection
  /**
   * Sends one call. A token that Kameleoon rejects is renewed once and the same call repeated.
   * @throws CredentialsError if the renewed token is rejected too
   * @throws ResponseError, UnreachableError, UnreadableReplyError
   */
  call(call: HttpCall): Promise<HttpReply>
}

const MAX_REPLY_IN_ERRORS = 300

/**
 * Sends one request.
 * @param token of an account, where the call needs one
 * @throws ResponseError for any answer that is not 2xx
 * @throws UnreachableError if there was no answer
 */
export async function send(request: HttpRequest, call: HttpCall, token?: string): Promise<HttpReply> {
  const operation = `${call.method} ${call.path}`
  let response: Awaited<ReturnType<HttpRequest>>
  try {
    response = await request(call.host + call.path + queryOf(call), {
      method: call.method,
      headers: headersOf(call, token),
      body: call.body,
      throwHttpErrors: false,
      // Otherwise the framework clones the reply, which never ends for replies of about 100 KB.
      skipResponseCloning: true
    })
  } catch (error) {
    throw unreachable(operation, error)
  }
  if (response.status < 200 || response.status > 299) {
    throw new ResponseError(
      operation,
      response.status,
      reasonIn(response.content),
      secondsIn(response.headers.get('retry-after'))
    )
  }
  return { operation, status: response.status, text: response.content }
}

/**
 * The JSON of a reply.
 * @throws UnreadableReplyError if the reply is not JSON
 */
export function jsonOf(reply: HttpReply): unknown {
  try {
    return JSON.parse(reply.text)
  } catch {
    throw new UnreadableReplyError(reply.operation, 'JSON')
  }
}

function headersOf({ headers = {} }: HttpCall, token: string | undefined): Record<string, string> {
  return token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` }
}

function queryOf({ query = {} }: HttpCall): string {
  let text = ''
  for (const name of Object.keys(query)) text += `${text ? '&' : '?'}${name}=${encodeURIComponent(query[name])}`
  return text
}

const TIME_OUT_CODES = ['ETIMEDOUT', 'REQUESTTIMEOUTERROR', 'REQUESTCLIENTERROR', 'ESOCKETTIMEDOUT']

function unreachable(operation: string, error: unknown): UnreachableError {
  const code = codeOf(error)
  const cause = code !== undefined && TIME_OUT_CODES.includes(code) ? 'time-out' : 'connection'
  return new UnreachableError(operation, cause, code === undefined ? '' : ` (${code})`)
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { code, name } = error as { code?: unknown; name?: unknown }
  // When the body of a reply does not end in time, the error has no code.
  if (name === 'AbortError') return 'ETIMEDOUT'
  return typeof code === 'string' ? code : undefined
}

/** Kameleoon's errors carry a `message`; proxies in front of it answer in plain text or HTML. */
function reasonIn(content: string): string {
  return (messageIn(content) ?? content.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_REPLY_IN_ERRORS)
}

function messageIn(content: string): string | undefined {
  try {
    const { message } = Object(JSON.parse(content)) as { message?: unknown }
    return typeof message === 'string' ? message : undefined
  } catch {
    return undefined
  }
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** Retry-After is a number of seconds or a date (RFC 9110, section 10.2.3); anything else is ignored. */
function secondsIn(header: string | null): number | undefined {
  if (header === null) return undefined
  if (/^\d+$/.test(header.trim())) return Number(header)
  if (!HTTP_DATE.test(header.trim())) return undefined
  return Math.max(0, Math.ceil((Date.parse(header) - Date.now()) / 1000))
}
