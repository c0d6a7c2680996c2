import { readFileSync } from 'fs'
import type { BaseDefinition } from '@segment/actions-core'
import { messageOf, type Subscription } from '../../segment-host'
import { subscriptionsIn } from '../../segment-host/subscriptions/subscriptions-in'
import { UsageError } from './usage-error'

/**
 * Reads a user's own subscriptions: a JSON array of `{name, partnerAction, subscribe, mapping, enabled}`, or an object
 * with that array as `subscriptions`. Without a mapping the action's defaults apply, as Segment fills them in. Throws a
 * UsageError that names the subscription and the field.
 */
export function readMappingFile(path: string, definition: BaseDefinition): Subscription[] {
  const subscriptions = subscriptionsIn(textOf(path), path, definition)
    .filter(({ enabled }) => enabled)
    .map(({ name, partnerAction, subscribe, mapping }) => ({ name, partnerAction, subscribe, mapping }))
  if (subscriptions.length === 0) throw new UsageError(`${path}: no subscription is enabled`)
  return subscriptions
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new UsageError(`Cannot read the mapping file ${path}: ${messageOf(error)}`)
  }
}
