import { Destination, transform } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import type { HostedDefinition } from '../hosted'
import type { Problem } from '../../contract'
import { problemsIn } from '../../../segment-host'

/** What a mapping made of an event, and what the action's fields have against it. */
export interface MappedPayload {
  /** As the action gets it; where it gets nothing, as far as directives could be resolved, else null. */
  payload: unknown
  problems: Problem[]
}

type Mapped = { partnerAction: string; mapping: JSONObject }
type AnyAction = Destination<JSONObject>['actions'][string]

/**
 * Maps an event as its delivery does: through Segment's framework and its way for batches, which keeps empty texts that the
 * way for single events leaves out, to an action that sends nothing.
 */
export async function mappedPayload(
  definition: HostedDefinition,
  { partnerAction, mapping }: Mapped,
  event: JSONObject
): Promise<MappedPayload> {
  const payloads: unknown[] = []
  const action = new Destination(withoutSending(definition, partnerAction, payloads)).actions[partnerAction]
  try {
    await action.executeBatch({ data: [copyOf(event)], mapping: copyOf(mapping), settings: {} } as never)
    if (payloads.length > 0) return { payload: payloads[0], problems: [] }
    return { payload: transformed(mapping, event), problems: await problemsOf(action, mapping, event) }
  } catch (error) {
    return { payload: transformed(mapping, event), problems: problemsIn(error, 'mapping') }
  }
}

function withoutSending(definition: HostedDefinition, key: string, payloads: unknown[]): HostedDefinition {
  const { title, description, fields, syncMode } = definition.actions[key]
  const perform = (): void => undefined
  const performBatch = (_request: unknown, { payload }: { payload: unknown[] }): void => void payloads.push(...payload)
  return { ...definition, actions: { [key]: { title, description, fields, syncMode, perform, performBatch } } }
}

/** Only the way for single events tells the fields. */
async function problemsOf(action: AnyAction, mapping: JSONObject, event: JSONObject): Promise<Problem[]> {
  try {
    await action.execute({ data: copyOf(event), mapping: copyOf(mapping), settings: {} } as never)
  } catch (error) {
    return problemsIn(error, 'mapping')
  }
  return [{ field: 'mapping', message: 'A field is empty text, which does not fit it' }]
}

function transformed(mapping: JSONObject, event: JSONObject): unknown {
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
