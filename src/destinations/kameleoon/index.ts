import type { CustomAuthentication, DestinationDefinition } from '@segment/actions-core'
import { onDelete } from './delete-user'
import { errorOf, failureOf } from './delivery/failure'
import type { Settings } from './generated-types'
import groupEvent from './groupEvent'
import identifyEvent from './identifyEvent'
import { findSiteId } from './kameleoon-api/automation-api'
import { kameleoonClient } from './kameleoon-api/client'
import { USER_AGENT } from './kameleoon-api/connection'
import { readSdkConfiguration } from './kameleoon-api/sdk-configuration'
import logEvent from './logEvent'
import pageEvent from './pageEvent'
import { presets } from './presets'
import { connectionFrom, requireRegion, settingsFields } from './settings'

/**
 * For requests that are not answered, or not to their end. Said here, since Segment's framework sets no limit of its own where
 * a host hands in an abort signal; a host that extends the definition may set another.
 */
const TIME_OUT_MILLISECONDS = 10_000

/**
 * The API key holds OAuth2 client credentials, which this destination exchanges for tokens that it keeps in memory. Segment's
 * scheme for that is `oauth2` with `refreshAccessToken`, as other destinations use it. It is not used here because
 * - Segment has to enable `oauth2` for each destination on its side, and other hosts would need their own support of it;
 * - the key is one pasted text in a setting named `apiKey`, which existing users have, and `oauth2` reserves that name;
 * - one token serves all projects of an account, which `oauth2` would fetch for each.
 */
const authentication: CustomAuthentication<Settings> = {
  scheme: 'custom',
  fields: settingsFields,
  testAuthentication: async (request, { settings }) => {
    try {
      const connection = connectionFrom(settings)
      const client = kameleoonClient(request, connection)
      await findSiteId(client)
      // Not every project has one, and the test of a connection does not depend on it.
      const configuration = await readSdkConfiguration(client).catch(() => undefined)
      if (configuration) requireRegion(connection, configuration)
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
  extendRequest: () => ({ headers: { 'user-agent': USER_AGENT }, timeout: TIME_OUT_MILLISECONDS }),
  onDelete,
  presets,
  actions: { logEvent, pageEvent, identifyEvent, groupEvent }
}

export default destination

// For hosts and tools around the destination, so that they decide and read as it does.
export { RETRIED_STATUSES } from './delivery/failure'
export { readCustomData, readGoals } from './kameleoon-api/automation-api'
export type { CustomDataDefinition, Goal } from './kameleoon-api/automation-api'
export {
  AUTOMATION_HOST,
  CONFIGURATION_HOST,
  DATA_HOSTS,
  decodeApiKey,
  DEFAULT_DATA_REGION,
  USER_AGENT
} from './kameleoon-api/connection'
export type { Connection, DataRegion } from './kameleoon-api/connection'
export { readMaps } from './kameleoon-api/data-api'
export type { KameleoonClient } from './kameleoon-api/http'
export type { Settings } from './generated-types'
export { useLocks } from './kameleoon-api/locks'
export type { KeyLocks } from './kameleoon-api/locks'
export { comparedRegion, readSdkConfiguration } from './kameleoon-api/sdk-configuration'
export type { RegionComparison, SdkConfiguration } from './kameleoon-api/sdk-configuration'
export { accessToken } from './kameleoon-api/token'
export { whyNotCreated } from './plan/goal-names'
export { KEY_PREFIXES, LINK_FIELD } from './plan/stored-maps'
export type { KeyKind } from './plan/stored-maps'
export { isPlaceholder } from './placeholder'
export { VISITOR_CODE_NAMES } from './visitor'
export { connectionFrom, findSiteId, kameleoonClient }
