import { LINK_FIELD } from '../../../destinations/kameleoon/plan/links'
import { KEY_PREFIXES, type KeyKind } from '../../../destinations/kameleoon/plan/stored-keys'

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

/** The id in a key of this kind, or nothing for a key of another. */
export function idIn(key: string, kind: KeyKind): string | undefined {
  const prefix = KEY_PREFIXES[kind]
  return key.startsWith(prefix) ? key.slice(prefix.length) : undefined
}

/** Kind and id of a key that this destination writes, or nothing for a key of somebody else. */
export function partsOfKey(key: string): { kind: KeyKind; id: string } | undefined {
  for (const kind of ['identify', 'cohorts', 'link'] as const) {
    const id = idIn(key, kind)
    if (id !== undefined) return { kind, id }
  }
  return undefined
}
