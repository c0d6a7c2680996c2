import { isObject, transform } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { hasOwn, memberOf } from '../values'
import { NotCompilable, unshared, type Compiled, type Resolve } from './compiled'
import { PROTOTYPE } from './copy'
import { DIRECTIVES } from './directives'

/** The payload of an event. It is equal to that of the framework's `transform`, and shares nothing with the event. */
export type MapEvent = (event: SegmentEvent) => unknown

/** Its directive gets the other fields of the mapping as an option, and only the framework knows how. */
const ROOT_DIRECTIVE = '__segment_internal_directive'

/**
 * Compiles a mapping into a function of an event. Fields with directives that are not known here are resolved by the
 * framework, one by one.
 * @returns null when the framework has to resolve the whole, which is so when it finds the mapping faulty
 */
export function compileMapping(mapping: JSONObject): MapEvent | null {
  if (hasOwn(mapping, ROOT_DIRECTIVE) || hasOwn(mapping, PROTOTYPE) || !isAccepted(mapping)) return null
  if (isDirective(mapping)) return unlessUnknown(() => compile(mapping).clean, null)
  const fields = Object.entries(mapping).map(([key, value]): [string, Resolve] => {
    return [key, unlessUnknown(() => compile(value).clean, frameworkField(key, mapping))]
  })
  return (event) => withoutUndefined(fields, event)
}

/** Errors of these names are about the mapping, or about a mapping that is too deep. Others come from the empty event. */
const MAPPING_ERRORS = ['ValidationError', 'AggregateError', 'RangeError']

function isAccepted(mapping: JSONObject): boolean {
  try {
    transform(mapping, {})
    return true
  } catch (error) {
    return !MAPPING_ERRORS.includes(String(memberOf(error, 'name')))
  }
}

function unlessUnknown<Other>(compiled: () => Resolve, other: Other): Resolve | Other {
  try {
    return compiled()
  } catch (error) {
    if (error instanceof NotCompilable) return other
    throw error
  }
}

/** The framework takes whole mappings only, and fields do not depend on each other. */
function frameworkField(key: string, mapping: JSONObject): Resolve {
  const field = { [key]: mapping[key] }
  // Events are JSON objects, and a field gets the event itself.
  return (event) => {
    const payload = transform(field, event as JSONObject)
    return hasOwn(payload, key) ? payload[key] : undefined
  }
}

function compile(mapping: unknown): Compiled {
  if (Array.isArray(mapping)) return compileList(mapping.map(compile))
  if (!isObject(mapping)) return unshared(() => mapping)
  return isDirective(mapping) ? compileDirective(mapping) : compileObject(mapping)
}

/** The keys of a directive begin with `@`, but for a note beside it. */
function isDirective(mapping: object): boolean {
  const keys = Object.keys(mapping).filter((key) => key !== '_metadata')
  return keys.length > 0 && keys.every((key) => key.startsWith('@'))
}

function compileDirective(mapping: object): Compiled {
  const [name, value] = Object.entries(mapping).find(([key]) => key.startsWith('@')) ?? []
  const directive = DIRECTIVES.get(name ?? '')
  if (!directive) throw new NotCompilable(`${name} is left to the framework`)
  return directive(value, compile)
}

function compileList(items: Compiled[]): Compiled {
  return {
    resolve: (data) => items.map(({ resolve }) => resolve(data)),
    clean: (data) => items.map(({ clean }) => clean(data))
  }
}

function compileObject(mapping: object): Compiled {
  if (hasOwn(mapping, PROTOTYPE)) throw new NotCompilable('The framework makes this member the prototype')
  const members = Object.entries(mapping).map(([key, value]) => ({ key, ...compile(value) }))
  const cleans = members.map(({ key, clean }): [string, Resolve] => [key, clean])
  return {
    resolve: (data) => Object.fromEntries(members.map(({ key, resolve }) => [key, resolve(data)])),
    clean: (data) => withoutUndefined(cleans, data)
  }
}

function withoutUndefined(members: [string, Resolve][], data: unknown): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  for (const [key, clean] of members) {
    const value = clean(data)
    if (value !== undefined) object[key] = value
  }
  return object
}
