import { isRecord } from '../parts/json'

export type SegmentEvent = Record<string, unknown>

/** The fields of the form that stand at a fixed place of an event. */
export type FieldName = 'name' | 'visitorCode' | 'userId' | 'revenue' | 'currency' | 'url' | 'title'

/** Where a member stands: in the event itself, or in its properties or traits. */
interface Place {
  holder: 'event' | 'properties' | 'traits'
  key: string
}

/** The kinds of calls that the form offers. */
export const KINDS: { value: string; label: string }[] = [
  { value: 'track', label: 'Track: somebody did something' },
  { value: 'page', label: 'Page: a page was viewed' },
  { value: 'screen', label: 'Screen: a screen of an app was viewed' },
  { value: 'identify', label: 'Identify: who somebody is' },
  { value: 'group', label: 'Group: the company of somebody' }
]

const NAME_KEYS: Record<string, string> = { track: 'event', page: 'name', screen: 'name', group: 'groupId' }

/** Whether the rows of this kind of call are traits or properties. */
export function holderOf(type: unknown): 'traits' | 'properties' {
  return type === 'identify' || type === 'group' ? 'traits' : 'properties'
}

/** Where the fields of this kind of call stand. A field that it does not have is missing. */
export function placesOf(type: unknown): Partial<Record<FieldName, Place>> {
  const inProperties = (key: string): Place => ({ holder: 'properties', key })
  const nameKey = NAME_KEYS[String(type)]
  return {
    ...(nameKey && { name: { holder: 'event', key: nameKey } }),
    visitorCode: { holder: holderOf(type), key: 'kameleoonVisitorCode' },
    userId: { holder: 'event', key: 'userId' },
    ...(type === 'track' && { revenue: inProperties('revenue'), currency: inProperties('currency') }),
    ...(type === 'page' && { url: inProperties('url'), title: inProperties('title') })
  }
}

/** The value of a field; undefined when the event does not have it. */
export function fieldValue(event: SegmentEvent, field: FieldName): unknown {
  const place = placesOf(event.type)[field]
  return place && membersOf(event, place.holder)[place.key]
}

/** The event with another value of a field. Empty text removes it; everything else stays as it is. */
export function withField(event: SegmentEvent, field: FieldName, value: unknown): SegmentEvent {
  const place = placesOf(event.type)[field]
  if (!place) return event
  return withMembers(event, place.holder, withMember(membersOf(event, place.holder), place.key, value))
}

/** The event as another kind of call. The visitor code moves to where this kind has it; everything else stays. */
export function withKind(event: SegmentEvent, type: string): SegmentEvent {
  const code = fieldValue(event, 'visitorCode')
  const [from, to] = [holderOf(event.type), holderOf(type)]
  if (from === to || code === undefined) return { ...event, type }
  return withField({ ...withField(event, 'visitorCode', ''), type }, 'visitorCode', code)
}

/** The properties or traits that have no field of their own, in their order. */
export function rowsOf(event: SegmentEvent): [name: string, value: unknown][] {
  const keys = ownKeys(event)
  return Object.entries(membersOf(event, holderOf(event.type))).filter(([name]) => !keys.has(name))
}

/** The event with these properties or traits beside those that have fields of their own. */
export function withRows(event: SegmentEvent, rows: [name: string, value: unknown][]): SegmentEvent {
  const keys = ownKeys(event)
  const holder = holderOf(event.type)
  const kept = Object.entries(membersOf(event, holder)).filter(([name]) => keys.has(name))
  return withMembers(event, holder, Object.fromEntries([...kept, ...rows.filter(([name]) => !keys.has(name))]))
}

/** Members of the event that the form does not show. */
export function hiddenMembers(event: SegmentEvent): string[] {
  const shown = ['type', ...Object.values(placesOf(event.type)).map(({ key }) => key), holderOf(event.type)]
  return Object.keys(event).filter((name) => !shown.includes(name))
}

/** Names of properties or traits that have a field of their own. */
function ownKeys({ type }: SegmentEvent): Set<string> {
  const holder = holderOf(type)
  return new Set(Object.values(placesOf(type)).flatMap((place) => (place.holder === holder ? [place.key] : [])))
}

function membersOf(event: SegmentEvent, holder: Place['holder']): SegmentEvent {
  if (holder === 'event') return event
  const members = event[holder]
  return isRecord(members) ? members : {}
}

function withMembers(event: SegmentEvent, holder: Place['holder'], members: SegmentEvent): SegmentEvent {
  if (holder === 'event') return members
  return withMember(event, holder, Object.keys(members).length > 0 ? members : '')
}

function withMember(members: SegmentEvent, key: string, value: unknown): SegmentEvent {
  if (value !== '') return { ...members, [key]: value }
  const { [key]: _removed, ...others } = members
  return others
}
