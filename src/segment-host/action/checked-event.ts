import { ErrorCodes, resolveAudienceMembership, validateSchema } from '@segment/actions-core'
import type { AudienceMembership, JSONObject, SegmentEvent } from '@segment/actions-core'
import { messageOf } from '../errors'
import type { MapEvent } from '../mapping'
import { thrownNode, type OutcomeNode } from '../outcome'
import type { ActionSchema } from './action-schema'
import { withoutEmptyValues } from './empty-values'
import type { SyncMode } from './sync-mode'

/** What became of one event before its batch is sent. */
export type CheckedEvent =
  | { kind: 'valid'; payload: unknown; audienceMembership: AudienceMembership }
  /** The payload does not fit the fields of the action. */
  | { kind: 'invalid'; node: OutcomeNode }
  /** The framework would throw an error for every batch that contains the event. */
  | { kind: 'failed'; node: OutcomeNode }

/** How events become payloads. */
export interface PayloadRules {
  map: MapEvent
  /** Null when the action has no fields. */
  schema: ActionSchema | null
  syncMode: SyncMode | undefined
}

/** Maps an event and checks its payload, as the framework does for a batch. Never throws. */
export function checkedEvent(event: SegmentEvent, { map, schema, syncMode }: PayloadRules): CheckedEvent {
  try {
    const mapped = map(event)
    const payload = schema ? withoutEmptyValues(mapped, schema.schema) : mapped
    const node = schema ? faultIn(payload, schema) : undefined
    if (node) return { kind: 'invalid', node }
    // It takes any JSON object, and an event is one: to satisfy the compiler with a copy would take time for every event.
    const audienceMembership = resolveAudienceMembership(event as unknown as JSONObject, syncMode)
    return { kind: 'valid', payload, audienceMembership }
  } catch (error) {
    return { kind: 'failed', node: thrownNode(error) }
  }
}

/** Values are coerced in place, so the payload must not share anything with the event. */
function faultIn(payload: unknown, { schema, key }: ActionSchema): OutcomeNode {
  try {
    validateSchema(payload, schema, { schemaKey: key, exempt: EXEMPT })
    return undefined
  } catch (error) {
    const node = { status: 400, errortype: ErrorCodes.PAYLOAD_VALIDATION_FAILED, errormessage: messageOf(error) }
    return node
  }
}

/** The framework keeps this member, whatever the fields are. */
const EXEMPT = ['dynamicAuthSettings']
