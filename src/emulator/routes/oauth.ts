import type { FastifyInstance, FastifyRequest } from 'fastify'
import { hostName, isLocal } from '../hosts'
import { HttpError, queryOf, requireContentType, textOf } from '../http'
import type { State } from '../state'

/**
 * `POST /oauth/token`, the client credentials flow.
 * https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/get-started
 */
export function oauthRoutes(app: FastifyInstance, state: State): void {
  app.post('/oauth/token', (request) => {
    rejectCredentialsInQuery(state, request)
    requireContentType(request, 'application/x-www-form-urlencoded')
    const form = new URLSearchParams(textOf(request))
    requireClient(state, form, isLocal(hostName(request.headers.host)))
    return {
      access_token: state.tokens.issue(state.options.clientId),
      token_type: 'Bearer',
      expires_in: state.options.tokenLifetimeSeconds
    }
  })
}

function rejectCredentialsInQuery(state: State, request: FastifyRequest): void {
  if (!('client_secret' in queryOf(request))) return
  state.discard('/oauth/token', { reason: 'client secret in a URL', field: 'client_secret' })
  throw new HttpError(400, 'Credentials must be in the body, since URLs end up in log files.')
}

function requireClient({ options }: State, form: URLSearchParams, isFromShell: boolean): void {
  const grantType = form.get('grant_type')
  if (grantType !== 'client_credentials') throw new HttpError(400, `Unsupported grant_type '${grantType ?? ''}'.`)
  if (!form.get('client_id') || !form.get('client_secret')) {
    throw new HttpError(400, 'client_id and client_secret are required.')
  }
  if (isFromShell && options.anyLocalClient) return
  if (form.get('client_id') !== options.clientId || form.get('client_secret') !== options.clientSecret) {
    throw new HttpError(401, 'Bad client credentials.')
  }
}
