import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, InputField, JSONObject, JSONValue } from '@segment/actions-core'
import { isObject, objectOr } from './call-body'
import {
  exchangesOf,
  type Observed,
  observedDefinition,
  type ObservedExchange as Exchange,
  secretsOf
} from '../../../segment-host'

/** What became of an event of a batch; the reply has no place for it. */
export interface BatchOutcome {
  status: number
  errormessage?: string
}

export interface ActionRun {
  exchanges: Exchange[]
  outcomes: BatchOutcome[]
}

/**
 * Runs one action as a mapping would, for one event or a list of them, and tells what it sent and got. Throws
 * what the action throws.
 */
export async function runAction<Settings>(
  definition: DestinationDefinition<Settings>,
  key: string,
  body: JSONObject
): Promise<ActionRun> {
  const observed: Observed[] = []
  const action = new Destination(observedDefinition(definition, observed)).actions[key]
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
    // Whoever calls may send anything; the framework checks payloads, and the destination its settings.
    settings: objectOr(settings, {}) as Settings,
    mapping: mappingOf(definition, key, body.mapping, first),
    audienceSettings: audienceSettingsOf(first),
    auth: objectOr(auth, {}) as unknown as { accessToken: string; refreshToken: string },
    features: objectOr(features, {}) as Record<string, boolean>,
    subscriptionMetadata: objectOr(subscriptionMetadata, undefined)
  }
}

/** The given mapping over the defaults; where there is neither, the event counts as one. */
function mappingOf<Settings>(
  { actions }: DestinationDefinition<Settings>,
  key: string,
  given: JSONValue | undefined,
  event: JSONValue | undefined
): JSONObject {
  const defaults = Object.entries(actions[key].fields as Record<string, InputField>)
    .map(([name, field]) => [name, field.default] as const)
    .filter(([, value]) => value !== undefined && value !== null)
  // A definition is written in JSON but for its functions, and a default is none.
  const mapping: JSONObject = { ...(Object.fromEntries(defaults) as JSONObject), ...objectOr(given, {}) }
  return Object.keys(mapping).length > 0 ? mapping : objectOr(event, {})
}

function audienceSettingsOf(event: JSONValue | undefined): JSONObject {
  const personas = ['context', 'personas', 'audience_settings'].reduce<JSONValue | undefined>(
    (value, name) => (isObject(value) ? value[name] : undefined),
    event
  )
  return objectOr(personas, {})
}
