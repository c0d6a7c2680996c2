import { KEY_PREFIXES, LINK_FIELD, type KeyKind } from '../destinations/kameleoon'

/** Kameleoon's stored maps, by key. */
type StoredMaps = Record<string, { fields: Record<string, unknown> }>

/** The Segment ids that stored data links to a visitor, with the visitor code of each. */
export function linksIn(maps: StoredMaps): Map<string, string> {
  const links = new Map<string, string>()
  for (const [key, { fields }] of Object.entries(maps)) {
    const id = idIn(key, 'link')
    const code = fields[LINK_FIELD]
    if (id !== undefined && typeof code === 'string') links.set(id, code)
  }
  return links
}

/** The id in a key of this kind, or undefined for a key of another kind. */
export function idIn(key: string, kind: KeyKind): string | undefined {
  const prefix = KEY_PREFIXES[kind]
  return key.startsWith(prefix) ? key.slice(prefix.length) : undefined
}
