import { LINK_FIELD } from '../destinations/kameleoon/telling/links'
import { KEY_PREFIXES } from '../destinations/kameleoon/telling/stored-keys'
import type { Conversion, CustomDataValues, Emulator, Page } from '../emulator'

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
  const stored = storedFields(emulator)
  const links = linksIn(stored)
  const known = new Map<string, KnownVisitor>()
  const visitor = (code: string): KnownVisitor => {
    const found = known.get(code) ?? visited(code, emulator)
    known.set(code, found)
    return found
  }
  emulator.visitors().forEach(visitor)
  for (const [id, code] of links) visitor(code).linkedIds.push(id)
  for (const [key, fields] of stored) {
    const identified = idIn(key, KEY_PREFIXES.identify)
    if (identified !== undefined) addIdentity(visitor(links.get(identified) ?? identified), fields)
    const member = idIn(key, KEY_PREFIXES.cohorts)
    if (member !== undefined) addAudiences(visitor(links.get(member) ?? member), fields)
  }
  return [...known.values()].sort((a, b) => (a.visitorCode < b.visitorCode ? -1 : 1))
}

type Fields = Record<string, unknown>

function storedFields(emulator: Source): [string, Fields][] {
  return Object.entries(emulator.maps()).map(([key, { fields }]) => [key, fields])
}

function linksIn(stored: [string, Fields][]): Map<string, string> {
  const links = new Map<string, string>()
  for (const [key, { [LINK_FIELD]: code }] of stored) {
    const id = idIn(key, KEY_PREFIXES.link)
    if (id !== undefined && typeof code === 'string') links.set(id, code)
  }
  return links
}

function idIn(key: string, prefix: string): string | undefined {
  return key.startsWith(prefix) ? key.slice(prefix.length) : undefined
}

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
