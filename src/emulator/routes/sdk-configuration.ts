import type { FastifyInstance } from 'fastify'
import { HttpError } from '../http'
import type { CustomData } from '../project'
import type { State } from '../state'

/**
 * `GET /v3/{siteCode}`: what Kameleoon publishes about a project for its SDKs, without credentials. The members are those
 * that its SDKs read: https://github.com/Kameleoon-new/client-go
 */
export function sdkConfigurationRoute(app: FastifyInstance, state: State): void {
  app.get<{ Params: { siteCode: string } }>('/v3/:siteCode', ({ params }) => {
    const { siteCode } = params
    const { sitecode, dataHost, dataApiDomain = dataHost } = state.options
    if (siteCode !== sitecode) throw new HttpError(404, `Site code '${siteCode}' is unknown.`)
    const { customData, site } = state.project
    return {
      customData: customData.filter(({ siteId }) => siteId === site.id).map(published),
      featureFlags: [],
      segments: [],
      configuration: {
        dataApiDomain,
        realTimeUpdate: false,
        consentType: 'NOT_REQUIRED',
        consentOptOutBehavior: 'PARTIALLY_BLOCK'
      }
    }
  })
}

function published({ id, index, name, scope, isLocalOnly, isMappingIdentifier }: CustomData) {
  return { id, index, name, scope, localOnly: isLocalOnly, isMappingIdentifier }
}
