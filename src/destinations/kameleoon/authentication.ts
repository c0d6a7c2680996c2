import type { CustomAuthentication } from '@segment/actions-core'
import { kameleoonClient } from './kameleoon-api/client'
import { findSiteId } from './kameleoon-api/sites'
import { errorOf } from './delivery/thrown'
import { failureOf } from './delivery/failure'
import type { Settings } from './generated-types'
import { connectionFrom, settingsFields } from './settings'

/**
 * The key goes through OAuth2 client credentials, a flow that Segment's framework has no scheme for, so tokens are kept by
 * this destination itself.
 */
export const authentication: CustomAuthentication<Settings> = {
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
