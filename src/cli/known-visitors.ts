import type { Conversion, CustomDataValues, Emulator, Page } from '../emulator'
import { idIn, linksIn } from '../workbench/server'

/** What an emulator knows about one visitor, from visit events and from stored data. */
export interface KnownVisitor {
  visitorCode: string
  /** Segment ids that are linked to this visitor. */
  linkedIds: string[]
  conversions: Conversion[]
  pages: Page[]
  customData: CustomDataValues[]
  traits: Record<string, unknown>
  groupId?: string
  groupTraits: Record<string, unknown>
  /** Keys of the audiences the visitor is in. */
  audiences: string[]
}

type Source = Pick<Emulator, 'visitors' | 'visitor' | 'maps'>

/** Everything the emulator knows, by visitor, in the order of their codes. Stored data of a linked id goes to its visitor. */
export function knownVisitors(emulator: Source): KnownVisitor[] {
  const maps = emulator.maps()
  const links = linksIn(maps)
  const known = new Map<string, KnownVisitor>()
  const visitor = (code: string): KnownVisitor => {
    const found = known.get(code) ?? visited(code, emulator)
    known.set(code, found)
    return found
  }
  emulator.visitors().forEach(visitor)
  for (const [id, code] of links) visitor(code).linkedIds.push(id)
  for (const [key, { fields }] of Object.entries(maps)) {
    const identified = idIn(key, 'identify')
    if (identified !== undefined) addIdentity(visitor(links.get(identified) ?? identified), fields)
    const member = idIn(key, 'cohorts')
    if (member !== undefined) addAudiences(visitor(links.get(member) ?? member), fields)
  }
  return [...known.values()].sort((a, b) => (a.visitorCode < b.visitorCode ? -1 : 1))
}

type Fields = Record<string, unknown>

function visited(visitorCode: string, emulator: Source): KnownVisitor {
  const { conversions = [], pages = [], customData = {} } = emulator.visitor(visitorCode) ?? {}
  const fromVisits = { conversions, pages, customData: Object.values(customData) }
  return { visitorCode, linkedIds: [], ...fromVisits, traits: {}, groupTraits: {}, audiences: [] }
}

function addIdentity(visitor: KnownVisitor, { groupId, group, ...traits }: Fields): void {
  Object.assign(visitor.traits, traits)
  if (typeof groupId === 'string') visitor.groupId = groupId
  if (typeof group === 'object' && group !== null) Object.assign(visitor.groupTraits, group)
}

function addAudiences(visitor: KnownVisitor, fields: Fields): void {
  const entered = Object.keys(fields).filter((audience) => fields[audience] === true)
  visitor.audiences = [...new Set([...visitor.audiences, ...entered])].sort()
}
