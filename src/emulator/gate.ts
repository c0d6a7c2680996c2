import type { FastifyRequest } from 'fastify'
import { Rejection } from './rejection'
import { noteUnusedParameters } from './routes/parameters'
import type { State } from './state'
import { isRejectedUserAgent } from './user-agents'

/** Lets a Data API request in, or rejects it: 403 for bots, 401 for bad tokens, 429 for too many calls. */
export function admitToData(state: State, request: FastifyRequest): void {
  noteUnusedParameters(state, request)
  const userAgent = request.headers['user-agent']
  if (isRejectedUserAgent(userAgent)) {
    throw new Rejection(403, `Forbidden user agent '${userAgent ?? ''}': set a product/version of your own.`)
  }
  const { authorization } = request.headers
  if (authorization === undefined && state.options.requireToken)
    throw new Rejection(401, 'An access token is required.')
  if (authorization !== undefined) requireToken(state, authorization)
  if (!state.options.rateLimits) return
  const authenticated = authorization !== undefined
  if (!state.rateLimits.takeData(request.method, request.ip, authenticated)) tooMany(state)
}

/** Lets an Automation API request in, or rejects it: 401 without a valid token, 429 for too many calls. */
export function admitToAutomation(state: State, request: FastifyRequest): void {
  noteUnusedParameters(state, request)
  requireToken(state, request.headers.authorization ?? '')
  if (state.options.rateLimits && !state.rateLimits.takeAutomation()) tooMany(state)
}

function requireToken(state: State, authorization: string): void {
  const token = /^Bearer (\S+)$/i.exec(authorization)?.[1]
  if (token === undefined) throw new Rejection(401, 'The Authorization header must be: Bearer <access token>.')
  if (!state.tokens.isValid(token)) throw new Rejection(401, 'The access token is invalid or has expired.')
}

function tooMany({ options }: State): never {
  const seconds = options.retryAfterSeconds
  throw new Rejection(429, 'Too many requests.', seconds === undefined ? {} : { 'retry-after': String(seconds) })
}
