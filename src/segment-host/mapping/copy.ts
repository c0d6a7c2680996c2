import { isObject } from '@segment/actions-core'
import { hasOwn } from '../values'

/**
 * A deep copy without undefined members, equal to that of the framework's `removeUndefined`. Lists keep undefined items.
 * Values other than lists and plain objects are not copied.
 */
export function copied(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? copiedObject(value) : value
}

function copiedObject(value: object): unknown {
  if (Array.isArray(value)) return value.map(copied)
  return isPlain(value) ? copiedMembers(value) : value
}

/** Nearly every object of an event has this prototype, which is checked faster than what the framework checks. */
function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype || isObject(value)
}

function copiedMembers(value: object): object {
  // Copying all members at once is much faster than adding them one by one.
  const copy: Record<string, unknown> = { ...value }
  for (const key of Object.keys(copy)) {
    const member = copy[key]
    if (typeof member === 'object' && member !== null) copy[key] = copiedObject(member)
    else if (member === undefined) delete copy[key]
  }
  return hasOwn(copy, PROTOTYPE) ? withPrototype(copy, Reflect.get(value, PROTOTYPE)) : copy
}

export const PROTOTYPE = '__proto__'

/** In JSON this is a member like others. The framework copies by assignment, which makes it the prototype of the copy. */
function withPrototype(copy: Record<string, unknown>, prototype: unknown): object {
  delete copy[PROTOTYPE]
  if (typeof prototype !== 'object') return copy
  Object.setPrototypeOf(copy, verbatim(prototype) as object | null)
  return copy
}

/** The framework takes the prototype from the event as it is. */
function verbatim(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(verbatim)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, verbatim(member)]))
}
