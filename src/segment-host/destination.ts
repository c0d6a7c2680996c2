import { getAuthData } from '@segment/actions-core'
import type { Destination, DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import { subscriptionSender, type SendEvents } from './action/subscription-sender'
import { debugRequests, requestLog } from './debug'
import { messageOf } from './errors'
import { redacted, secretsOf } from './exchanges/redaction'
import { watchedDefinition } from './exchanges/watched-definition'
import { frameworkFor } from './framework'
import type { OutcomeNode } from './outcome'
import type { Subscription } from './subscription'
import { memberOf } from './values'

/** Sends one batch of events through one subscription. Resolves to one node for each event, in their order. */
export type SendBatch = (events: SegmentEvent[], subscription: Subscription) => Promise<OutcomeNode[]>

/**
 * Runs a destination as Segment does: settings are checked first, then batches are mapped, checked and sent. What is not
 * compiled goes through actions-core as a whole.
 * @throws at once, with the names of the fields, when the settings do not fit the definition
 */
export function hostDestination<Settings>(
  definition: DestinationDefinition<Settings>,
  settings: JSONObject
): SendBatch {
  const log = requestLog(secretsOf(definition, settings))
  const hosted = debugRequests.enabled ? watchedDefinition(definition, log) : definition
  const destination = frameworkFor(hosted)
  const { subscription: _subscription, subscriptions: _subscriptions, oauth: _oauth, ...own } = settings
  // The next call checks that the settings have this type, and converts values to it where that is possible.
  const checked = { ...own } as Settings
  destination.validateSettings(checked)
  const account = { settings: checked, auth: getAuthData(settings) }
  const framework = frameworkSender(destination, settings)
  const senders = new WeakMap<Subscription, SendEvents>()
  return (events, subscription) => {
    const known = senders.get(subscription)
    if (known) return known(events)
    const send = subscriptionSender(hosted, account, subscription) ?? ((all) => framework(all, subscription))
    senders.set(subscription, send)
    return send(events)
  }
}

function frameworkSender<Settings>(destination: Destination<Settings>, settings: JSONObject): SendBatch {
  return async (events, subscription) => {
    try {
      const [result] = await destination.onBatch(events, { ...settings, subscription: { ...subscription } })
      return result?.multistatus ?? []
    } finally {
      // actions-core never removes responses from this list.
      destination.responses.length = 0
    }
  }
}

/** The result of a connection test. On failure: the destination's error, and the settings that do not fit its definition. */
export type ConnectionResult = { ok: true } | { ok: false; error: string; fields: Record<string, string> }

/** Tests the connection with these settings, as Segment's page does. Never rejects; the error contains no secret. */
export async function testConnection<Settings>(
  definition: DestinationDefinition<Settings>,
  settings: Record<string, unknown>
): Promise<ConnectionResult> {
  try {
    // The framework types the settings it tests as a JSON object, and changes the object it is given.
    await frameworkFor(definition).testAuthentication({ ...settings } as never)
    return { ok: true }
  } catch (error) {
    return {
      ok: false,
      error: String(redacted(messageOf(error), secretsOf(definition, settings))),
      fields: faultyFields(error) ?? {}
    }
  }
}

/** What is wrong with one field of an entry, for example `{ field: 'mapping.goalId', message: '…' }`. */
export interface FieldProblem {
  /** Path of the field; empty for the whole. */
  field: string
  message: string
}

/** One error of the framework's validation; `path` as in `$.apiKey`, and `$` for the whole. */
interface ValidationError {
  path: string
  message: string
}

/** The fields that do not fit the framework's schema, each with its error. Undefined for errors of other kinds. */
export function faultyFields(error: unknown): Record<string, string> | undefined {
  if (!isValidationErrors(error)) return undefined
  return Object.fromEntries([...error].map(({ path, message }) => [path.replace('$.', ''), message]))
}

/**
 * The same as a list of problems with `<root>.<field>`; an error of another kind is one problem with `<root>`. A missing
 * field is listed under its own name, not under the object that lacks it.
 */
export function problemsIn(error: unknown, root: string): FieldProblem[] {
  if (!isValidationErrors(error)) return [{ field: root, message: messageOf(error) }]
  return [...error].map(({ path, message }) => ({ field: fieldOf(path, message, root), message }))
}

/** The framework does not export this error class. */
function isValidationErrors(error: unknown): error is Iterable<ValidationError> {
  return memberOf(error, 'name') === 'AggregateAjvError'
}

function fieldOf(path: string, message: string, root: string): string {
  const missing = /missing the required field '([^']+)'/.exec(message)?.[1]
  return [path.replace('$', root), missing].filter(Boolean).join('.')
}
