import { fieldsToJsonSchema } from '@segment/actions-core'
import type { DestinationDefinition, InputField } from '@segment/actions-core'
import type { JSONSchema4 } from 'json-schema'
import type { GeneratedFile } from '../generated-files'
import { compileSchema } from './schema-compiler'

/**
 * generated-types.ts of the settings and of every action, as Segment's own tool writes them.
 *
 * @param hasFolder whether the destination has a folder of this name; an action without one gets `<key>.types.ts`
 */
export async function typeFiles<Settings>(
  { authentication, actions }: Pick<DestinationDefinition<Settings>, 'authentication' | 'actions'>,
  hasFolder: (name: string) => boolean
): Promise<GeneratedFile[]> {
  const settings = (authentication?.fields ?? {}) as Record<string, InputField>
  const files = [{ path: 'generated-types.ts', content: await typesOf('Settings', settings) }]
  for (const [key, { fields }] of Object.entries(actions)) {
    const path = hasFolder(key) ? `${key}/generated-types.ts` : `${key}.types.ts`
    files.push({ path, content: await typesOf('Payload', fields) })
  }
  return files
}

function typesOf(name: string, fields: Record<string, InputField>): Promise<string> {
  return compileSchema(withoutTitles(fieldsToJsonSchema(fields, { tsType: true })), name)
}

/** Titles would become type names of their own, and choices would become unions that a mapping can escape. */
function withoutTitles(schema: JSONSchema4): JSONSchema4 {
  const { title: _title, enum: _enum, ...rest } = schema
  const { properties, items } = rest
  if (properties) rest.properties = mapped(properties)
  if (items && !Array.isArray(items)) rest.items = withoutTitles(items)
  return rest
}

function mapped(properties: Record<string, JSONSchema4>): Record<string, JSONSchema4> {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, withoutTitles(value)]))
}
