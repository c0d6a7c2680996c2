/**
 * Reading of values that may be anything: events, mappings, stored data and replies.
 */

const HALF_CHARACTER = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Whether a value is an object with named members: not null and not an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * An object without the members that are null or blank text, which mean the same as absent. Without such members it is the
 * same object, since a copy of every event would take time.
 */
export function withoutBlanks<T extends object>(values: T): T {
  for (const name of Object.keys(values)) {
    if (isBlank((values as Record<string, unknown>)[name])) return copyWithoutBlanks(values)
  }
  return values
}

export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && isBlankText(value))
}

/** Nearly all texts begin with a visible character of ASCII, which is asked first because it is faster than to trim. */
function isBlankText(text: string): boolean {
  const first = text.charCodeAt(0)
  return !(first > 0x20 && first < 0x7f) && text.trim() === ''
}

/** Members that may be null or blank are optional in every payload, so the type stays right. */
function copyWithoutBlanks<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isBlank(value))) as T
}

/** A member of an object. Input is untrusted, so inherited keys such as `__proto__` are ignored. */
export function own(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.prototype.hasOwnProperty.call(value, name) ? (value as Record<string, unknown>)[name] : undefined
}

/** A member that is a string Kameleoon can store: not blank, and without half a Unicode character. */
export function ownText(value: unknown, name: string): string | undefined {
  const text = own(value, name)
  return typeof text === 'string' && text.trim() !== '' && !hasLoneSurrogate(text) ? text : undefined
}

/** Whether a string has half of a surrogate pair. UTF-8 has no bytes for it, so Kameleoon would store another string. */
export function hasLoneSurrogate(text: string): boolean {
  return /[\ud800-\udfff]/.test(text) && text.search(HALF_CHARACTER) >= 0
}

/** The start of a trimmed string, in UTF-16 code units, without halves of surrogate pairs. */
export function cut(text: string, length: number): string {
  return text.trim().slice(0, length).replace(HALF_CHARACTER, '')
}

/** The kind of a value for an error text. The value itself is not quoted, since it may be personal data. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (typeof value === 'string' && value.trim() === '') return 'an empty string'
  return `a ${typeof value}`
}
