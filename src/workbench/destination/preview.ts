import { Destination, transform } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import type { Preview, Problem } from '../contract'
import type { Subscription } from '../segment-host'
import { whyNot } from '../segment-host/why-not'
import type { AnyDefinition } from '../settings'
import { directiveProblems } from '../subscriptions/mapping-problems'
import { problemsIn } from './faulty-fields'

/**
 * What a mapping would make of an event, run through Segment's framework with an action that sends nothing. The caller has
 * checked that the action exists and that the query can be read.
 */
export async function previewOf(
  definition: AnyDefinition,
  { partnerAction, subscribe, mapping }: Subscription,
  event: JSONObject
): Promise<Preview> {
  const reason = whyNot(subscribe, event)
  const { payload, problems } = await resolve(definition, partnerAction, mapping, event)
  return { matched: reason === null, whyNot: reason, payload, problems }
}

interface Resolved {
  payload: unknown
  problems: Problem[]
}

async function resolve(
  definition: AnyDefinition,
  action: string,
  mapping: JSONObject,
  event: JSONObject
): Promise<Resolved> {
  const faults = directiveProblems(mapping)
  if (faults.length > 0) return { payload: null, problems: faults }
  const payloads: unknown[] = []
  const running = new Destination(withoutSending(definition, action, payloads)).actions[action]
  try {
    await running.execute({ data: copyOf(event), mapping: copyOf(mapping), settings: {} } as never)
    return { payload: payloads[0] ?? null, problems: [] }
  } catch (error) {
    return { payload: mapped(mapping, event), problems: problemsIn(error, 'mapping') }
  }
}

function withoutSending(definition: AnyDefinition, key: string, payloads: unknown[]): AnyDefinition {
  const { title, description, fields, syncMode } = definition.actions[key]
  const perform = (_request: unknown, { payload }: { payload: unknown }): void => void payloads.push(payload)
  return { ...definition, actions: { [key]: { title, description, fields, syncMode, perform } } }
}

function mapped(mapping: JSONObject, event: JSONObject): unknown {
  try {
    return transform(copyOf(mapping), copyOf(event))
  } catch {
    return null
  }
}

/** The framework changes what it validates. */
function copyOf(value: JSONObject): JSONObject {
  return JSON.parse(JSON.stringify(value)) as JSONObject
}
