import { type Destination, type JSONObject, transform } from '@segment/actions-core'
import { frameworkFor, problemsIn } from '../../../segment-host'
import type { Problem } from '../../contract'
import type { HostedDefinition } from '../hosted'

/** What a mapping made of an event, and the problems the framework found in it. */
interface MappedPayload {
  /** The payload as the action gets it. If the framework rejects it: as mapped, or null if it cannot be mapped. */
  payload: unknown
  problems: Problem[]
}

type Mapped = { partnerAction: string; mapping: JSONObject }
type AnyAction = Destination<JSONObject>['actions'][string]

/**
 * Maps an event as its delivery does: with Segment's framework, for an action that sends nothing. The batch method is used,
 * because it keeps empty texts, which the method for single events removes.
 */
export async function mappedPayload(
  definition: HostedDefinition,
  { partnerAction, mapping }: Mapped,
  event: JSONObject
): Promise<MappedPayload> {
  const payloads: unknown[] = []
  const action = frameworkFor(withoutSending(definition, partnerAction, payloads)).actions[partnerAction]
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

/** Only the framework's method for single events names the fields. */
async function problemsOf(action: AnyAction, mapping: JSONObject, event: JSONObject): Promise<Problem[]> {
  try {
    await action.execute({ data: copyOf(event), mapping: copyOf(mapping), settings: {} } as never)
  } catch (error) {
    return problemsIn(error, 'mapping')
  }
  return [{ field: 'mapping', message: 'A field is empty text, which is not valid for it' }]
}

function transformed(mapping: JSONObject, event: JSONObject): unknown {
  try {
    return transform(copyOf(mapping), copyOf(event))
  } catch {
    return null
  }
}

/** The framework changes the objects that it validates. */
function copyOf(value: JSONObject): JSONObject {
  return JSON.parse(JSON.stringify(value)) as JSONObject
}
