import type { KeyKind } from '../../../destinations/kameleoon'
import type { StoredMap } from '../../../emulator'
import { idIn } from '../../../segment-host'
import type { VisitorDetail } from '../../contract'

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
      kind: kindOfKey(key),
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

/** What a map under this key holds. */
export function kindOfKey(key: string): MapOfVisitor['kind'] {
  const parts = partsOfKey(key)
  return parts ? KINDS[parts.kind] : 'other'
}
