import { KEY_PREFIXES, LINK_FIELD, type KeyKind } from '../../../destinations/kameleoon'
import type { StoredMap } from '../../../emulator'
import type { VisitorDetail } from '../../contract'

type StoredMaps = Record<string, { fields: Record<string, unknown> }>

/** The visitor code of each Segment id that stored data links to a visitor. */
export function linksIn(maps: StoredMaps): Map<string, string> {
  const links = new Map<string, string>()
  for (const [key, { fields }] of Object.entries(maps)) {
    const id = idIn(key, 'link')
    const code = fields[LINK_FIELD]
    if (id !== undefined && typeof code === 'string') links.set(id, code)
  }
  return links
}

/** The id in a key of this kind, or undefined for keys of another kind. */
export function idIn(key: string, kind: KeyKind): string | undefined {
  const prefix = KEY_PREFIXES[kind]
  return key.startsWith(prefix) ? key.slice(prefix.length) : undefined
}

/** Kind and id of a key that this destination writes, or undefined for other keys. */
export function partsOfKey(key: string): { kind: KeyKind; id: string } | undefined {
  for (const kind of ['identify', 'cohorts', 'link'] as const) {
    const id = idIn(key, kind)
    if (id !== undefined) return { kind, id }
  }
  return undefined
}

type MapOfVisitor = VisitorDetail['maps'][number]

const KINDS: Record<'identify' | 'cohorts' | 'link', MapOfVisitor['kind']> = {
  identify: 'identify',
  cohorts: 'audiences',
  link: 'link'
}

/**
 * The stored maps of these ids: those of this destination, and others whose key is the id or ends with an underscore and the
 * id.
 * @param now the current time in milliseconds
 */
export function mapsOf(ids: string[], stored: Record<string, StoredMap>, now: number): MapOfVisitor[] {
  return Object.entries(stored)
    .filter(([key]) => isAbout(key, ids))
    .map(([key, { fields, expiresAt }]) => ({
      key,
      kind: kindOf(key),
      fields,
      secondsLeft: Math.max(0, Math.ceil((expiresAt - now) / 1000))
    }))
}

/** The audiences a visitor is in, from the maps of all its ids. */
export function audiencesIn(maps: MapOfVisitor[]): string[] {
  const fields = maps.filter(({ kind }) => kind === 'audiences').flatMap((map) => Object.entries(map.fields))
  return [...new Set(fields.filter(([, isMember]) => isMember === true).map(([audience]) => audience))].sort()
}

function isAbout(key: string, ids: string[]): boolean {
  const parts = partsOfKey(key)
  return parts ? ids.includes(parts.id) : ids.some((id) => key === id || key.endsWith(`_${id}`))
}

function kindOf(key: string): MapOfVisitor['kind'] {
  const parts = partsOfKey(key)
  return parts ? KINDS[parts.kind] : 'other'
}
