import type { StoredMap } from '../../../emulator'
import type { VisitorDetail } from '../../contract'
import { partsOfKey } from './stored-links'

type MapOfVisitor = VisitorDetail['maps'][number]

const KINDS: Record<'identify' | 'cohorts' | 'link', MapOfVisitor['kind']> = {
  identify: 'identify',
  cohorts: 'audiences',
  link: 'link'
}

/**
 * The stored maps that are about one of these ids: those of this destination, and others whose key is the id or ends with
 * it behind an underscore.
 * @param now milliseconds
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

/** The audiences a visitor is in, by the maps of all its ids. */
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
