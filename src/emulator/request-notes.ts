import type { FastifyRequest } from 'fastify'
import type { State } from './state'
import { VISIT_PARTS } from './visits'
import { pathOf, queryOf } from './http'

const LIST = ['page', 'perPage', 'filter']

/** The known query parameters by path, including those that Kameleoon's SDKs and browser script add. */
const PARAMETERS: Record<string, string[]> = {
  '/visit/events': [
    ...['siteCode', 'visitorCode', 'json', 'bodyUa', 'sdkName', 'sdkVersion'],
    ...['engine', 'itp', 'tabId', 'debug', 'url', 'ip', 'ua']
  ],
  '/visit/visitor': [
    ...['siteCode', 'visitorCode', 'mappingValue', 'maxNumberPreviousVisits', 'currentVisit', 'all', 'prettyPrint'],
    ...['kcs', 'cbs', 'version'],
    ...Object.keys(VISIT_PARTS)
  ],
  '/visit/forget': ['siteCode'],
  '/map/map': ['siteCode', 'key', 'prettyPrint'],
  '/map/maps': ['siteCode', 'keys', 'ttlHours', 'prettyPrint'],
  '/sites': LIST,
  '/goals': LIST,
  '/custom-datas': LIST
}

/** Lists query parameters without effect as discarded, so that a misspelled name such as `ttlHour` is noticed. */
export function noteUnusedParameters(state: State, request: FastifyRequest): void {
  const path = pathOf(request)
  for (const [field, value] of Object.entries(queryOf(request))) {
    if (PARAMETERS[path]?.includes(field)) continue
    state.discard(path, { reason: 'query parameter without effect', field, value })
  }
}

/** Lists a client secret in a URL as discarded: URLs end up in log files. The token route lists its own. */
export function noteSecret(state: State, request: FastifyRequest): void {
  const path = pathOf(request)
  if (path === '/oauth/token') return
  const [field] = Object.entries(queryOf(request)).find(([, value]) => value === state.options.clientSecret) ?? []
  if (field !== undefined) state.discard(path, { reason: 'client secret in a URL', field })
}
