/** A property of an object itself, never of its prototype: events come from anyone. */
export function own(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.prototype.hasOwnProperty.call(value, name) ? (value as Record<string, unknown>)[name] : undefined
}

/** A property that is a non-empty string. */
export function ownText(value: unknown, name: string): string | undefined {
  const text = own(value, name)
  return typeof text === 'string' && text.trim() !== '' ? text : undefined
}
