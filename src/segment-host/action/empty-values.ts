import { isObject } from '@segment/actions-core'
import type { ActionSchema } from './action-schema'

type Schema = ActionSchema['schema']

/**
 * Removes null and empty text where the schema does not take them, as the framework does before it checks a batch. The
 * framework does not export its own function.
 * @returns undefined for a value that is to be removed
 */
export function withoutEmptyValues(value: unknown, schema: Schema = {}): unknown {
  if (!schema.type && !schema.enum) return value
  if (value === null) return takes(schema, 'null') ? value : undefined
  if (value === '') return takes(schema, 'string') ? value : undefined
  if (Array.isArray(value)) return withoutEmptyItems(value, schema)
  return isMembers(value) ? withoutEmptyMembers(value, schema) : value
}

/** The framework's check says only that the value is an object. */
function isMembers(value: unknown): value is Record<string, unknown> {
  return isObject(value)
}

function takes({ type }: Schema, name: 'null' | 'string'): boolean {
  return Array.isArray(type) ? type.includes(name) : type === name
}

/** Items are kept or removed as they are; what is empty inside them stays. */
function withoutEmptyItems(items: unknown[], schema: Schema): unknown[] {
  // One schema for all items: fields of actions have no other form.
  const ofItem = schema.items
  return ofItem ? items.filter((item) => withoutEmptyValues(item, ofItem) !== undefined) : items
}

function withoutEmptyMembers(object: Record<string, unknown>, { properties }: Schema): object {
  if (!properties || isFull(object, properties)) return object
  const kept: Record<string, unknown> = {}
  for (const key of Object.keys(object)) {
    const left = withoutEmptyValues(object[key], properties[key])
    if (left !== undefined) kept[key] = left
  }
  return kept
}

/** Nearly every payload is full, and this is much faster than to build it again. A prototype of its own would not be kept. */
function isFull(object: Record<string, unknown>, properties: Record<string, Schema>): boolean {
  if (Object.getPrototypeOf(object) !== Object.prototype) return false
  for (const key in object) {
    const value = object[key]
    // Only these can be empty, or have something empty inside.
    if (value !== '' && typeof value !== 'object') continue
    if (withoutEmptyValues(value, properties[key]) !== value) return false
  }
  return true
}
