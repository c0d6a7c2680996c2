import { isRecord, own } from '../values'
import { joined } from './abort'
import { AUTOMATION_HOST } from './connection'
import type { Connection, Credentials } from './connection'
import { AbortedError, CredentialsError, TokenError, UnreachableError, UnreadableReplyError } from './errors'
import { answerTo, isSuccess, jsonOf } from './http'
import type { HttpReply, HttpRequest } from './http'
import { processMemory } from './project'

/** Two hours, if Kameleoon does not say. https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/get-started */
const DEFAULT_LIFETIME_SECONDS = 7200

/** A token is renewed when a tenth of its life is left, at least a minute before its end where it lives that long. */
const RENEWAL_SHARE = 0.1
const RENEWAL_SECONDS = 60

/**
 * A bearer token for both of Kameleoon's APIs, from memory or newly exchanged. It is usually in memory, and then not a
 * promise, so that nothing waits for it.
 * @throws CredentialsError if Kameleoon rejects the credentials
 * @throws TokenError, RedirectError, UnreachableError, UnreadableReplyError, AbortedError if the exchange failed otherwise
 */
export function accessToken(
  request: HttpRequest,
  { accountDigest, credentials }: Connection,
  signal?: AbortSignal
): string | Promise<string> {
  const { tokens } = processMemory
  const context = () => exchange(request, credentials, signal)
  return tokens.get(accountDigest) ?? joined(() => tokens.forceFetch(accountDigest, { context }), signal)
}

/** Forgets a token that Kameleoon rejected, unless another caller has replaced it already. */
export function dropToken({ accountDigest }: Connection, token: string): void {
  const { tokens } = processMemory
  if (tokens.peek(accountDigest) === token) tokens.delete(accountDigest)
}

async function exchange(request: HttpRequest, { id, secret }: Credentials, signal: AbortSignal | undefined) {
  try {
    return grantIn(
      await answerTo(request, {
        method: 'POST',
        host: AUTOMATION_HOST,
        path: '/oauth/token',
        // Form fields, not text: the HTTP client names their type itself, and hosts that add a type to texts leave them alone.
        body: new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret })
      })
    )
  } catch (error) {
    // Those who joined this exchange begin another one, see `joined`.
    if (signal?.aborted && error instanceof UnreachableError) throw new AbortedError(error.message)
    throw error
  }
}

/** https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/get-started */
function grantIn(reply: HttpReply) {
  if (isRejection(reply)) throw credentialsRejected()
  if (!isSuccess(reply)) throw new TokenError(reply.operation, reply.status, reply.retryAfterSeconds)
  const grant = Object(jsonOf(reply)) as { access_token?: unknown; expires_in?: unknown }
  if (typeof grant.access_token !== 'string' || grant.access_token === '') {
    throw new UnreadableReplyError(reply.operation, 'access_token')
  }
  return { token: grant.access_token, usableMilliseconds: usableMilliseconds(lifetimeOf(grant.expires_in)) }
}

function lifetimeOf(expiresIn: unknown): number {
  const seconds = typeof expiresIn === 'string' && expiresIn.trim() !== '' ? Number(expiresIn) : expiresIn
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : DEFAULT_LIFETIME_SECONDS
}

function usableMilliseconds(lifetimeSeconds: number): number {
  const margin = Math.max(lifetimeSeconds * RENEWAL_SHARE, Math.min(RENEWAL_SECONDS, lifetimeSeconds / 2))
  return Math.max(1, (lifetimeSeconds - margin) * 1000)
}

/** The errors of OAuth that are about the client. https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
const REJECTIONS = ['invalid_client', 'invalid_grant', 'unauthorized_client']

/**
 * Whether the answer is about the credentials. That ends the event for good, so in doubt it is not:
 * - 401 means just that.
 * - 403 may also come from a firewall, which answers with a page, and Kameleoon with JSON or nothing.
 * - 400 is also the answer to requests that something on the way has damaged, so the body has to say it.
 */
function isRejection({ status, text }: HttpReply): boolean {
  if (status === 401) return true
  if (status !== 400 && status !== 403) return false
  const body = parsed(text)
  const error = own(body, 'error')
  if (typeof error === 'string' && REJECTIONS.includes(error)) return true
  return status === 403 && (text.trim() === '' || isRecord(body))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function credentialsRejected(): CredentialsError {
  return new CredentialsError(
    'Kameleoon rejected the API Key: the client id or secret is wrong or has been revoked. Create a new one in Kameleoon: My profile > API credentials.'
  )
}
