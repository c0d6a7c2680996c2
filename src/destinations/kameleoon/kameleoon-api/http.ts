import { own } from '../values'
import type { Connection } from './connection'
import { RedirectError, ResponseError, UnreachableError, UnreadableReplyError } from './errors'
import { MAX_RETRY_AFTER_SECONDS } from './limits'

/** The HTTP client that this folder needs. The request client of Segment's framework is one. */
export type HttpRequest = (
  url: string,
  options: {
    method: 'GET' | 'POST'
    headers: Record<string, string>
    body?: string | URLSearchParams
    redirect: 'manual'
    throwHttpErrors: false
    skipResponseCloning: true
    /** In milliseconds. Where it is missing, that of the host or of the definition counts. */
    timeout?: number
  }
) => Promise<{
  status: number
  headers: { get(name: string): string | null }
  content: string
  /** Whether a redirect was followed, by a client that ignores `redirect`; `url` is where that led. */
  redirected?: boolean
  url?: string
}>

export interface HttpCall {
  method: 'GET' | 'POST'
  host: string
  path: string
  /** Must not contain a secret: addresses appear in logs and in network errors. */
  query?: Record<string, string>
  headers?: Record<string, string>
  /** Whether the answer is public: then no token is sent. */
  isPublic?: true
  /** Form fields set their own content type; for text it stands in the headers. */
  body?: string | URLSearchParams
  /** Shorter than that of all requests, for what nobody waits for. */
  timeLimitMilliseconds?: number
}

export interface HttpReply {
  operation: string
  status: number
  text: string
  /** From the Retry-After header, if there was a valid one. */
  retryAfterSeconds?: number
}

/** Calls Kameleoon for one project. */
export interface KameleoonClient {
  readonly connection: Connection
  /** By which the host ends the delivery; nothing is sent and nothing waited for after that. */
  readonly signal?: AbortSignal
  /**
   * Sends one call. A token that Kameleoon rejects is renewed once and the same call repeated.
   * @throws CredentialsError if the renewed token is rejected too
   * @throws ResponseError, RedirectError, TokenError, UnreachableError, UnreadableReplyError, AbortedError
   */
  call(call: HttpCall): Promise<HttpReply>
}

const MAX_REPLY_IN_ERRORS = 300

/**
 * Sends one request.
 * @param token of an account, where the call needs one
 * @returns a 2xx answer
 * @throws ResponseError for any other answer
 * @throws RedirectError, UnreachableError, see `answerTo`
 */
export async function send(request: HttpRequest, call: HttpCall, token?: string): Promise<HttpReply> {
  const reply = await answerTo(request, call, token)
  if (isSuccess(reply)) return reply
  throw new ResponseError(reply.operation, reply.status, reasonIn(reply.text), reply.retryAfterSeconds)
}

/**
 * Sends one request.
 * @returns the answer, whatever its status
 * @throws RedirectError if it is a redirect
 * @throws UnreachableError if there was no answer
 */
export async function answerTo(request: HttpRequest, call: HttpCall, token?: string): Promise<HttpReply> {
  const operation = `${call.method} ${call.path}`
  let response: Awaited<ReturnType<HttpRequest>>
  try {
    response = await request(call.host + call.path + queryOf(call), {
      method: call.method,
      headers: headersOf(call, token),
      body: call.body,
      redirect: 'manual',
      throwHttpErrors: false,
      // Otherwise the framework clones the reply, which never ends for replies of about 100 KB.
      skipResponseCloning: true,
      ...(call.timeLimitMilliseconds === undefined ? {} : { timeout: call.timeLimitMilliseconds })
    })
  } catch (error) {
    throw unreachable(operation, error)
  }
  const { status, content: text, headers } = response
  if (response.redirected) throw new RedirectError(operation, 0, targetOf(call, response.url))
  if (isRedirect(status)) throw new RedirectError(operation, status, targetOf(call, headers.get('location')))
  return { operation, status, text, retryAfterSeconds: secondsIn(headers.get('retry-after')) }
}

export function isSuccess({ status }: HttpReply): boolean {
  return status >= 200 && status <= 299
}

/** Browsers, and clients that do as they do, give a redirect that they may not follow the status 0. */
function isRedirect(status: number): boolean {
  return status === 0 || (status >= 300 && status <= 399)
}

const MAX_TARGET_LENGTH = 200

/** Host and path of a redirect. Its query and user information may repeat what the request had: ids, or worse. */
function targetOf({ host, path }: HttpCall, location: string | null | undefined): string | undefined {
  if (!location) return undefined
  try {
    const target = new URL(location, host + path)
    return `${target.host}${target.pathname}`.slice(0, MAX_TARGET_LENGTH)
  } catch {
    return undefined
  }
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

/**
 * How the end of the time shows: codes of Node, of Segment's framework and of undici, types of node-fetch (a body that does
 * not end has no code), and names of DOM errors. https://github.com/node-fetch/node-fetch/blob/2.x/ERROR-HANDLING.md
 */
const TIME_OUTS = [
  ...['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'REQUESTTIMEOUTERROR', 'REQUESTCLIENTERROR'],
  ...['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
  ...['request-timeout', 'body-timeout'],
  ...['AbortError', 'TimeoutError']
]

function unreachable(operation: string, error: unknown): UnreachableError {
  const { code, type, name, cause } = Object(error) as Record<string, unknown>
  // The errors of undici have their code in the cause.
  const signs = [code, own(cause, 'code'), type, name].filter((sign): sign is string => typeof sign === 'string')
  const timeOut = signs.find((sign) => TIME_OUTS.includes(sign))
  const detail = timeOut ?? signs.find((sign) => /^[A-Z0-9_]+$/.test(sign))
  return new UnreachableError(operation, timeOut ? 'time-out' : 'connection', detail ? ` (${detail})` : '')
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

/**
 * Retry-After is a number of seconds or a date (RFC 9110, section 10.2.3); anything else is ignored. More than Segment goes
 * on retrying would lose the event, so it counts as that.
 */
function secondsIn(header: string | null): number | undefined {
  const text = header?.trim() ?? ''
  const seconds = /^\d+$/.test(text) ? Number(text) : HTTP_DATE.test(text) ? secondsUntil(text) : NaN
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(0, seconds), MAX_RETRY_AFTER_SECONDS)
}

function secondsUntil(date: string): number {
  return Math.ceil((Date.parse(date) - Date.now()) / 1000)
}
