export type JsonRecord = Record<string, unknown>

/** Whether a value is an object with keys, neither null nor a list. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The record under this key, or an empty one. */
export function recordIn(value: unknown, key: string): JsonRecord {
  const found = isRecord(value) ? value[key] : undefined
  return isRecord(found) ? found : {}
}

/** The text under this key, without surrounding spaces; empty if there is none. */
export function textIn(value: JsonRecord, key: string): string {
  const found = value[key]
  return typeof found === 'string' ? found.trim() : ''
}
