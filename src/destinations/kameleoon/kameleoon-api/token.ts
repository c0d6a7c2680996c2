import { AUTOMATION_HOST } from './connection'
import type { Connection, Credentials } from './connection'
import { CredentialsError, ResponseError, UnreadableReplyError } from './errors'
import { jsonOf, send } from './http'
import type { HttpRequest } from './http'
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
 * @throws ResponseError, UnreachableError, UnreadableReplyError if the exchange failed otherwise
 */
export function accessToken(request: HttpRequest, connection: Connection): string | Promise<string> {
  const { tokens } = processMemory
  const { accountDigest, credentials } = connection
  return (
    tokens.get(accountDigest) ?? tokens.forceFetch(accountDigest, { context: () => exchange(request, credentials) })
  )
}

/** Forgets a token that Kameleoon rejected, unless another caller has replaced it already. */
export function dropToken({ accountDigest }: Connection, token: string): void {
  const { tokens } = processMemory
  if (tokens.peek(accountDigest) === token) tokens.delete(accountDigest)
}

/** https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/get-started */
async function exchange(request: HttpRequest, { id, secret }: Credentials) {
  try {
    const reply = await send(request, {
      method: 'POST',
      host: AUTOMATION_HOST,
      path: '/oauth/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret }).toString()
    })
    const grant = Object(jsonOf(reply)) as { access_token?: unknown; expires_in?: unknown }
    if (typeof grant.access_token !== 'string' || grant.access_token === '') {
      throw new UnreadableReplyError(reply.operation, 'access_token')
    }
    return { token: grant.access_token, usableMilliseconds: usableMilliseconds(lifetimeOf(grant.expires_in)) }
  } catch (error) {
    throw rejected(error) ? credentialsRejected() : withoutReply(error)
  }
}

function lifetimeOf(expiresIn: unknown): number {
  const seconds = typeof expiresIn === 'string' && expiresIn.trim() !== '' ? Number(expiresIn) : expiresIn
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : DEFAULT_LIFETIME_SECONDS
}

function usableMilliseconds(lifetimeSeconds: number): number {
  const margin = Math.max(lifetimeSeconds * RENEWAL_SHARE, Math.min(RENEWAL_SECONDS, lifetimeSeconds / 2))
  return Math.max(1, (lifetimeSeconds - margin) * 1000)
}

/** Whatever stands between here and Kameleoon may echo the request, which holds the secret. */
function withoutReply(error: unknown): unknown {
  return error instanceof ResponseError
    ? new ResponseError(error.operation, error.status, '', error.retryAfterSeconds)
    : error
}

function rejected(error: unknown): boolean {
  return error instanceof ResponseError && [400, 401, 403].includes(error.status)
}

function credentialsRejected(): CredentialsError {
  return new CredentialsError(
    'Kameleoon rejected the API Key: the client id or secret is wrong or has been revoked. Create a new one in Kameleoon: My profile > API credentials.'
  )
}
