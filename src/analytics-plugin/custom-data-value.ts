/** Types of Kameleoon custom data. A list is a list of strings. */
export type CustomDataType = 'string' | 'number' | 'boolean' | 'list'

/** A stored value converted to a type of custom data; `undefined` if it cannot be converted. */
export function customDataValue(
  value: unknown,
  type: CustomDataType
): string | number | boolean | string[] | undefined {
  switch (type) {
    case 'string':
      return asString(value)
    case 'number':
      return asNumber(value)
    case 'boolean':
      return asBoolean(value)
    case 'list':
      return asList(value)
  }
}

function asString(value: unknown): string | undefined {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined
}

function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

function asBoolean(value: unknown): boolean | undefined {
  const text = asString(value)
  return text === 'true' || text === 'false' ? text === 'true' : undefined
}

function asList(value: unknown): string[] | undefined {
  const items = (Array.isArray(value) ? value : [value]).map(asString)
  return items.every((item) => item !== undefined) ? items : undefined
}
