import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import { objectOr } from './call-body'
import {
  exchangesOf,
  type Observed,
  observedDefinition,
  type ObservedExchange as Exchange,
  secretsOf
} from '../../../segment-host'

/** Runs the deletion of a user and tells what it sent and got. Throws what the destination throws. */
export async function runDeletion<Settings>(
  definition: DestinationDefinition<Settings>,
  body: JSONObject
): Promise<Exchange[]> {
  const observed: Observed[] = []
  const destination = new Destination(observedDefinition(definition, observed))
  const settings = objectOr(body.settings, {})
  // The framework takes userId and anonymousId from the event, and the settings flat.
  await destination.onDelete?.(objectOr(body.payload, {}) as unknown as SegmentEvent, settings)
  return exchangesOf(observed, secretsOf(definition, settings))
}
