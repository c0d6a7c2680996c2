import { LRUCache } from 'lru-cache'
import { AUTOMATION_HOST } from './connection'
import type { Connection } from './connection'
import { CredentialsError, ResponseError, UnreadableReplyError } from './errors'
import { jsonOf, send } from './http'
import type { HttpCall, HttpReply, HttpRequest } from './http'

/** Speaks to Kameleoon for one project, with a token on every call. */
export interface KameleoonClient {
  readonly connection: Connection
  /**
   * Sends one call. A token that Kameleoon rejects is renewed once and the same call repeated.
   * @throws CredentialsError if the renewed token is rejected too
   * @throws ResponseError, UnreachableError, UnreadableReplyError
   */
  call(call: HttpCall): Promise<HttpReply>
}

export function kameleoonClient(request: HttpRequest, connection: Connection): KameleoonClient {
  return {
    connection,
    async call(call) {
      const token = await accessToken(request, connection)
      try {
        return await send(request, call, token)
      } catch (error) {
        if (!isUnauthorized(error)) throw error
        dropToken(connection, token)
      }
      return repeat(request, call, await accessToken(request, connection))
    }
  }
}

async function repeat(request: HttpRequest, call: HttpCall, token: string): Promise<HttpReply> {
  try {
    return await send(request, call, token)
  } catch (error) {
    if (!isUnauthorized(error)) throw error
    throw new CredentialsError(
      `Kameleoon rejected a new access token for ${error.operation}. Check the rights of the API key in Kameleoon: My profile > API credentials.`
    )
  }
}

function isUnauthorized(error: unknown): error is ResponseError {
  return error instanceof ResponseError && error.status === 401
}

/** Two hours, if Kameleoon does not say. https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/get-started */
const DEFAULT_LIFETIME_SECONDS = 7200

/** A token is renewed when a tenth of its life is left, at least a minute before its end where it lives that long. */
const RENEWAL_SHARE = 0.1
const RENEWAL_SECONDS = 60

interface Exchange {
  request: HttpRequest
  connection: Connection
}

/** Access tokens by account digest. The cache joins concurrent exchanges into one and remembers no failed one. */
const tokens = new LRUCache<string, string, Exchange>({
  max: 1000,
  // By default the cache starts a timer with every look at its clock, which takes longer than to look.
  ttlResolution: 0,
  fetchMethod: async (_digest, _stale, { options, context }) => {
    const { token, lifetimeSeconds } = await exchange(context)
    options.ttl = usableMilliseconds(lifetimeSeconds)
    return token
  }
})

/**
 * A bearer token for both of Kameleoon's APIs, from memory (nearly always, so nobody has to wait for it) or newly exchanged.
 * @throws CredentialsError if Kameleoon rejects the credentials
 * @throws ResponseError, UnreachableError, UnreadableReplyError if the exchange failed otherwise
 */
function accessToken(request: HttpRequest, connection: Connection): string | Promise<string> {
  const { accountDigest } = connection
  return tokens.get(accountDigest) ?? tokens.forceFetch(accountDigest, { context: { request, connection } })
}

/** Forgets a token that Kameleoon rejected, unless another caller has already replaced it. */
function dropToken(connection: Connection, token: string): void {
  if (tokens.peek(connection.accountDigest) === token) tokens.delete(connection.accountDigest)
}

/** https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/get-started */
async function exchange({ request, connection }: Exchange): Promise<{ token: string; lifetimeSeconds: number }> {
  const { id, secret } = connection.credentials
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
    return { token: grant.access_token, lifetimeSeconds: lifetimeOf(grant.expires_in) }
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
