import type { CustomAuthentication, DestinationDefinition } from '@segment/actions-core'
import { onDelete } from './delete-user'
import { errorOf, failureOf } from './delivery/failure'
import type { Settings } from './generated-types'
import groupEvent from './groupEvent'
import identifyEvent from './identifyEvent'
import { findSiteId } from './kameleoon-api/automation-api'
import { kameleoonClient } from './kameleoon-api/client'
import { USER_AGENT } from './kameleoon-api/connection'
import logEvent from './logEvent'
import pageEvent from './pageEvent'
import { presets } from './presets'
import { connectionFrom, settingsFields } from './settings'

/**
 * The API key holds OAuth2 client credentials. Segment's framework has no scheme for exchanging those, so the scheme is
 * `custom`, and this destination exchanges them for tokens and keeps the tokens in memory.
 */
const authentication: CustomAuthentication<Settings> = {
  scheme: 'custom',
  fields: settingsFields,
  testAuthentication: async (request, { settings }) => {
    try {
      await findSiteId(kameleoonClient(request, connectionFrom(settings)))
    } catch (error) {
      throw errorOf(failureOf(error))
    }
  }
}

const destination: DestinationDefinition<Settings> = {
  name: 'Kameleoon (Actions)',
  slug: 'actions-kameleoon',
  mode: 'cloud',
  description: 'Send Segment events to Kameleoon: conversions, pages, visitor data and audiences.',
  authentication,
  extendRequest: () => ({ headers: { 'user-agent': USER_AGENT } }),
  onDelete,
  presets,
  actions: { logEvent, pageEvent, identifyEvent, groupEvent }
}

export default destination

// For hosts and tools around the destination, so that they decide and read as it does.
export { RETRIED_STATUSES } from './delivery/failure'
export { firstOf } from './fields'
export { DATA_HOSTS, decodeApiKey, DEFAULT_DATA_REGION } from './kameleoon-api/connection'
export { KEY_PREFIXES, LINK_FIELD } from './plan/stored-maps'
export type { KeyKind } from './plan/stored-maps'
export { VISITOR_CODE_NAMES } from './visitor'
