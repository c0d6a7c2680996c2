import { fieldsToJsonSchema } from '@segment/actions-core'
import type { BaseActionDefinition } from '@segment/actions-core'

/** What the payloads of an action must look like. */
export interface ActionSchema {
  schema: ReturnType<typeof fieldsToJsonSchema>
  /** The framework keeps the compiled schema under this name for as long as the process lives. */
  key: string
}

/** By the fields of an action, which stay the same when a definition is wrapped. So each is compiled once in a process. */
const schemas = new WeakMap<object, ActionSchema>()
let count = 0

/** The schema of an action, or null when it has no fields, since the framework checks nothing then. */
export function schemaOf(slug: string, fields: BaseActionDefinition['fields']): ActionSchema | null {
  if (Object.keys(fields ?? {}).length === 0) return null
  const known = schemas.get(fields) ?? { schema: fieldsToJsonSchema(fields), key: newKey(slug) }
  schemas.set(fields, known)
  return known
}

/** Schema names are read as URIs, so nothing is in them that a URI would have to escape. */
function newKey(slug: string): string {
  count++
  return `action-${count}-${slug.replace(/[^A-Za-z0-9]+/g, '-')}`
}
