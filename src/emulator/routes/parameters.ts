import type { FastifyRequest } from 'fastify'
import type { State } from '../state'
import { VISIT_PARTS } from '../visits'
import { pathOf, queryOf } from './request'

const LIST = ['page', 'perPage', 'filter']

/** The query parameters that have an effect, by path, with those that Kameleoon's SDKs and browser script add. */
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

/** Lists query parameters that do nothing: a misspelt `ttlHours` would otherwise be lost without a word. */
export function noteUnusedParameters(state: State, request: FastifyRequest): void {
  const path = pathOf(request)
  for (const [field, value] of Object.entries(queryOf(request))) {
    if (PARAMETERS[path]?.includes(field)) continue
    state.throwAway(path, { reason: 'query parameter without effect', field, value })
  }
}
