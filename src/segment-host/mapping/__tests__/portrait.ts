/**
 * A text that is the same for two values only if nothing tells them apart: types, order of members, prototypes, minus zero.
 */
export function portrait(value: unknown): string {
  if (typeof value === 'function') return `function ${value.name}`
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value)
  if (Array.isArray(value)) return `[${Array.from(value, portrait).join()}]`
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${portrait(member)}`)
  return `{${[...members, ...prototypeOf(value)].join()}}`
}

function prototypeOf(value: object): string[] {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype ? [] : [`prototype:${portrait(prototype)}`]
}

/** Makes every change of a value an error. */
export function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  Object.values(value).forEach(frozen)
  return Object.freeze(value)
}
