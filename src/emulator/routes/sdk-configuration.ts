import type { FastifyInstance } from 'fastify'
import { Rejection } from '../rejection'
import type { State } from '../state'

/** `GET /v3/{siteCode}`: the least that Kameleoon's JavaScript SDK needs in order to start. */
export function sdkConfigurationRoute(app: FastifyInstance, state: State): void {
  app.get<{ Params: { siteCode: string } }>('/v3/:siteCode', (request) => {
    const { sitecode, dataHost } = state.options
    if (request.params.siteCode !== sitecode)
      throw new Rejection(404, `Site code '${request.params.siteCode}' is unknown.`)
    return {
      customData: [],
      featureFlags: [],
      configuration: {
        dataApiDomain: dataHost,
        realTimeUpdate: false,
        consentType: 'NOT_REQUIRED',
        consentOptOutBehavior: 'PARTIALLY_BLOCK'
      }
    }
  })
}
