import type { JSONObject } from '@segment/actions-core'
import type { HostedDefinition } from '../hosted'
import type { Preview } from '../../contract'
import { directiveProblems, type Subscription, whyNot } from '../../../segment-host'
import { mappedPayload } from './mapped-payload'

/**
 * What a mapping would make of an event, without sending anything. The caller has checked that the action exists and that
 * the query can be read.
 */
export async function previewOf(
  definition: HostedDefinition,
  { partnerAction, subscribe, mapping }: Subscription,
  event: JSONObject
): Promise<Preview> {
  const reason = whyNot(subscribe, event)
  const faults = directiveProblems(mapping)
  const mapped =
    faults.length > 0
      ? { payload: null, problems: faults }
      : await mappedPayload(definition, { partnerAction, mapping }, event)
  return { matched: reason === null, whyNot: reason, ...mapped }
}
