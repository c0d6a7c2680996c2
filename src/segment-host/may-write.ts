import type { Subscription } from './subscription'
import { memberOf } from './values'

/** Actions whose purpose is to store data, and calls whose purpose it is, whatever the action. */
const STORING_ACTIONS = ['identifyEvent', 'groupEvent']
const STORING_CALLS = ['identify', 'group']

/** Track calls that change a link, an audience or a trait. */
const STORING_NAMES = /^\s*(kameleoon identifier|audience (entered|exited)|journeys? step entered|trait computed)\s*$/i

/**
 * Whether an event may change stored data that a later event of the same user needs. All other events change visits only,
 * and nothing waits for those. Segment puts `context.personas` into the events that it computes itself.
 */
export function mayWrite({ partnerAction }: Pick<Subscription, 'partnerAction'>, event: object): boolean {
  const [type, name, context] = ['type', 'event', 'context'].map((key) => memberOf(event, key))
  if (STORING_ACTIONS.includes(partnerAction) || STORING_CALLS.some((call) => call === type)) return true
  return (memberOf(context, 'personas') ?? null) !== null || (typeof name === 'string' && STORING_NAMES.test(name))
}
