import { hasLoneSurrogate } from './text'

/** A property of an object itself, never of its prototype: events come from anyone. */
export function own(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.prototype.hasOwnProperty.call(value, name) ? (value as Record<string, unknown>)[name] : undefined
}

/** A property that is a string Kameleoon can store: not blank, and without half a Unicode character. */
export function ownText(value: unknown, name: string): string | undefined {
  const text = own(value, name)
  return typeof text === 'string' && text.trim() !== '' && !hasLoneSurrogate(text) ? text : undefined
}
