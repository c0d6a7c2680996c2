import { createRequestClient, getAuthData } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { connectionFrom, kameleoonClient, type KameleoonClient, type Settings } from '../destinations/kameleoon'

/**
 * A client for the project of these settings, with the requests of this definition: a definition that is connected to an
 * emulator gives a client of the emulator.
 * @throws an error that names the setting that cannot be used
 */
export function clientFor<Own>(definition: DestinationDefinition<Own>, settings: JSONObject): KameleoonClient {
  // The destination checks these settings itself when it reads them.
  const own = settings as unknown as Settings & Own
  const context = { settings: own, payload: {}, auth: getAuthData(settings) }
  return kameleoonClient(createRequestClient(definition.extendRequest?.(context) ?? {}), connectionFrom(own))
}
