import type { DestinationDefinition, InputField, JSONObject, JSONValue, SegmentEvent } from '@segment/actions-core'
import type { FastifyRequest } from 'fastify'
import {
  isRecord,
  exchangesOf,
  frameworkFor,
  type Observed,
  observedDefinition,
  type ObservedExchange as Exchange,
  secretsOf
} from '../../../../segment-host'

/** What the routes work on. */
export interface Service<Settings> {
  definition: DestinationDefinition<Settings>
  /** The folder of the destination, by which the Actions Tester names it. */
  directoryName: string
  /** Prints what is not part of a reply. */
  log: (line: string) => void
}

/** The outcome of one event of a batch. Segment's reply does not include it. */
export interface BatchOutcome {
  status: number
  errormessage?: string
}

export interface ActionRun {
  exchanges: Exchange[]
  outcomes: BatchOutcome[]
}

/**
 * Runs one action as a mapping would, for one event or a list of them, and returns its requests and responses.
 * Throws what the action throws.
 */
export async function runAction<Settings>(
  definition: DestinationDefinition<Settings>,
  key: string,
  body: JSONObject
): Promise<ActionRun> {
  const observed: Observed[] = []
  const action = frameworkFor(observedDefinition(definition, observed)).actions[key]
  const outcomes = Array.isArray(body.payload)
    ? await action.executeBatch(bundleOf(definition, key, body, body.payload as JSONObject[]))
    : (await action.execute(bundleOf(definition, key, body, objectOr(body.payload, {}))), [])
  const secrets = secretsOf(definition, objectOr(body.settings, {}))
  return { exchanges: await exchangesOf(observed, secrets), outcomes }
}

function bundleOf<Settings, Data extends JSONValue>(
  definition: DestinationDefinition<Settings>,
  key: string,
  body: JSONObject,
  data: Data
) {
  const { settings, auth, features, subscriptionMetadata } = body
  const first: JSONValue | undefined = Array.isArray(data) ? data[0] : data
  return {
    data,
    // Callers may send anything; the framework checks payloads, and the destination its settings.
    settings: objectOr(settings, {}) as Settings,
    mapping: mappingOf(definition, key, body.mapping, first),
    audienceSettings: audienceSettingsOf(first),
    auth: objectOr(auth, {}) as unknown as { accessToken: string; refreshToken: string },
    features: objectOr(features, {}) as Record<string, boolean>,
    subscriptionMetadata: objectOr(subscriptionMetadata, undefined)
  }
}

/** The given mapping merged over the defaults. Without either, the event itself is the mapping. */
function mappingOf<Settings>(
  { actions }: DestinationDefinition<Settings>,
  key: string,
  given: JSONValue | undefined,
  event: JSONValue | undefined
): JSONObject {
  const defaults = Object.entries(actions[key].fields as Record<string, InputField>)
    .map(([name, field]) => [name, field.default] as const)
    .filter(([, value]) => value !== undefined && value !== null)
  // Defaults are JSON: only functions of a definition are not.
  const mapping: JSONObject = { ...(Object.fromEntries(defaults) as JSONObject), ...objectOr(given, {}) }
  return Object.keys(mapping).length > 0 ? mapping : objectOr(event, {})
}

function audienceSettingsOf(event: JSONValue | undefined): JSONObject {
  const personas = ['context', 'personas', 'audience_settings'].reduce<JSONValue | undefined>(
    (value, name) => (isRecord(value) ? value[name] : undefined),
    event
  )
  return objectOr(personas, {})
}

/** Deletes a user and returns the requests and responses. Throws what the destination throws. */
export async function runDeletion<Settings>(
  definition: DestinationDefinition<Settings>,
  body: JSONObject
): Promise<Exchange[]> {
  const observed: Observed[] = []
  const destination = frameworkFor(observedDefinition(definition, observed))
  const settings = objectOr(body.settings, {})
  // The framework takes userId and anonymousId from the event, and the settings flat.
  await destination.onDelete?.(objectOr(body.payload, {}) as unknown as SegmentEvent, settings)
  return exchangesOf(observed, secretsOf(definition, settings))
}

/** The body of a call when it is an object, else an empty one. Its members are checked where they are used. */
export function bodyOf({ body }: FastifyRequest): JSONObject {
  // The server reads nothing but JSON.
  return objectOr(body as JSONValue | undefined, {})
}

/** The value when it is an object, else `instead`. */
export function objectOr<Instead>(value: JSONValue | undefined, instead: Instead): JSONObject | Instead {
  return isRecord(value) ? value : instead
}
