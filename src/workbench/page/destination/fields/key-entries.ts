import { pathIn, pathValue } from './field-form'

/** One key and value of an object in the editor. */
export interface Entry {
  /** Stays the same while the key is typed. */
  id: number
  key: string
  kind: 'path' | 'text' | 'json'
  text: string
}

let lastId = 0

export function entryOf([key, value]: [string, unknown]): Entry {
  const id = ++lastId
  const path = pathIn(value)
  if (path !== null) return { id, key, kind: 'path', text: path }
  if (typeof value === 'string') return { id, key, kind: 'text', text: value }
  return { id, key, kind: 'json', text: JSON.stringify(value) }
}

/** The value of an entry; undefined for invalid JSON. */
export function valueOf({ kind, text }: Entry): unknown {
  if (kind === 'path') return pathValue(text)
  if (kind === 'text') return text
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The object of all complete entries. When a key occurs twice, the first one counts. */
export function objectOf(entries: Entry[]): Record<string, unknown> {
  const held = new Map<string, unknown>()
  for (const entry of entries) {
    const value = valueOf(entry)
    if (entry.key !== '' && value !== undefined && !held.has(entry.key)) held.set(entry.key, value)
  }
  return Object.fromEntries(held)
}
