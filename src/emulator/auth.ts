import type { FastifyRequest } from 'fastify'
import { createIsbotFromList, isbotPatterns, list } from 'isbot'
import { HttpError, pathOf } from './http'
import type { State } from './state'

/** Throws when a Data API request is not allowed: 403 for bots, 401 for an invalid token, 429 for too many calls. */
export function requireDataAccess(state: State, request: FastifyRequest): void {
  const userAgent = request.headers['user-agent']
  if (isBot(userAgent)) {
    throw new HttpError(403, `Forbidden user agent '${userAgent ?? ''}': set a product/version of your own.`)
  }
  const authenticated = isAuthenticated(state, request)
  if (!authenticated && needsToken(state, request)) throw new HttpError(401, 'An access token is required.')
  if (!state.options.rateLimits) return
  if (!state.rateLimits.takeData(request.method, request.ip, authenticated)) tooMany(state)
}

/** Whether the request has a valid token. One that is not valid is an error, unless the modes say that it counts as none. */
function isAuthenticated(state: State, { headers: { authorization } }: FastifyRequest): boolean {
  if (authorization === undefined) return false
  try {
    requireToken(state, authorization)
    return true
  } catch (error) {
    if (state.options.badTokens === 'ignore') return false
    throw error
  }
}

function needsToken({ options }: State, request: FastifyRequest): boolean {
  if (typeof options.requireToken === 'boolean') return options.requireToken
  return options.requireToken.some((call) => call === `${request.method} ${pathOf(request)}`)
}

/** Throws when an Automation API request is not allowed: 401 without a valid token, 429 for too many calls. */
export function requireAutomationAccess(state: State, request: FastifyRequest): void {
  requireToken(state, request.headers.authorization ?? '')
  if (state.options.rateLimits && !state.rateLimits.takeAutomation()) tooMany(state)
}

function requireToken(state: State, authorization: string): void {
  const token = /^Bearer (\S+)$/i.exec(authorization)?.[1]
  if (token === undefined) throw new HttpError(401, 'The Authorization header must be: Bearer <access token>.')
  if (!state.tokens.isValid(token)) throw new HttpError(401, 'The access token is invalid or has expired.')
}

function tooMany({ options }: State): never {
  const seconds = options.retryAfterSeconds
  throw new HttpError(429, 'Too many requests.', seconds === undefined ? {} : { 'retry-after': String(seconds) })
}

/**
 * Kameleoon's documentation uses `MyCustomUserAgent/1.0` as an allowed user agent, but isbot takes every plain
 * product/version text for a bot. The patterns that do so are not used here.
 * https://developers.kameleoon.com/apis/data-api-rest/overview/#rate-limits
 */
const DOCUMENTED_AS_FINE = ['MyCustomUserAgent/1.0', 'MyCustomUserAgent/1']
const tooGeneral = DOCUMENTED_AS_FINE.reduce<string[]>((all, agent) => [...all, ...isbotPatterns(agent)], [])
const isListed = createIsbotFromList(list.filter((pattern) => !tooGeneral.includes(pattern)))

/** Default user agents of HTTP libraries, which the patterns removed above would have matched. */
const LIBRARY_DEFAULT =
  /^(node|undici|axios|got|ky|superagent|request|needle|bun|deno|curl|go-http-client|python|ruby|okhttp|jakarta|java|guzzle|faraday|reqwest|hyper|dart|segment \(actions\))(?![a-z])/i

/** Whether a User-Agent header counts as a bot: it is empty, a known bot, or the default of an HTTP library. */
export function isBot(userAgent: string | undefined): boolean {
  const named = (userAgent ?? '').trim()
  return named === '' || LIBRARY_DEFAULT.test(named) || isListed(named)
}
