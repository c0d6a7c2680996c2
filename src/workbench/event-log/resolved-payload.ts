import { fieldsToJsonSchema, transform, validateSchema, type JSONObject } from '@segment/actions-core'
import type { HostedDefinition } from '../hosted'
import type { Subscription } from '../contract'

/**
 * What a mapping makes of an event: directives resolved, then values made to fit as validation does, for example text of
 * numbers. Null when the mapping itself cannot be resolved.
 */
export function resolvedPayload(
  definition: HostedDefinition,
  { partnerAction, mapping }: Subscription,
  event: Record<string, unknown>
): unknown {
  const action = definition.actions[partnerAction]
  try {
    // What the page or a file gave is JSON.
    const payload = transform(mapping as JSONObject, event)
    if (action) {
      validateSchema(payload, fieldsToJsonSchema(action.fields), {
        schemaKey: `${definition.name}:${action.title}`,
        throwIfInvalid: false,
        exempt: ['dynamicAuthSettings']
      })
    }
    return payload
  } catch {
    return null
  }
}
