import { LINK_FIELD } from '../../destinations/kameleoon'
import type { KnownData } from './destinations'

/** Where a value that the official destination sends stands in what our destination sends. */
interface Place {
  /** Path in the official body. A group in it is the rest of the path. */
  path: RegExp
  isThere: (known: KnownData, value: Leaf['value'], rest: string, type: string) => boolean
}

const PLACES: Place[] = [
  // The goal that is converted
  {
    path: /^(?:event|name)$/,
    isThere: ({ goals }, value, _rest, type) =>
      goals.some((goal) => [value, `SegmentIO ${type} - ${value}`].includes(goal))
  },
  // The kind of event, or the prefix of the key
  { path: /^type$/, isThere: isOfKind },
  // `visitorCode`, and the key
  {
    path: /^properties\.(?:kameleoonVisitorCode|k_visitorCode)$/,
    isThere: isVisitor
  },
  // The key, or `visitorCode` without a code
  { path: /^(?:userId|anonymousId)$/, isThere: isVisitor },
  // A field under `IDENTIFY_`, with its value
  { path: /^properties\.(.+)$/, isThere: isTrait },
  // `groupId` under `IDENTIFY_`
  {
    path: /^groupId$/,
    isThere: ({ maps }, value) => inMaps(maps, 'IDENTIFY_', 'groupId', value)
  },
  // `revenue` of the CONVERSION
  { path: /^properties\.(?:revenue|total)$/, isThere: isRevenue },
  // `href` of the PAGE
  {
    path: /^properties\.url$/,
    isThere: ({ visitEvents }, value) => inEvents(visitEvents, 'href', value)
  },
  // `title` of the PAGE
  {
    path: /^properties\.title$/,
    isThere: ({ visitEvents }, value) => inEvents(visitEvents, 'title', value)
  },
  // `userAgent`
  {
    path: /^context\.userAgent$/,
    isThere: ({ visitEvents }, value) => inEvents(visitEvents, 'userAgent', value)
  },
  // The name of a field under `COHORTS_`
  {
    path: /^(?:context\.personas\.computation_key|properties\.audience_key)$/,
    isThere: ({ maps }, value) => cohorts(maps).some((fields) => `${value}` in fields)
  },
  // A field under `COHORTS_`: true, or null for false
  {
    path: /^properties\.([^.]+)$/,
    isThere: ({ maps }, value, audience) =>
      cohorts(maps).some((fields) => fields[audience] === (value === true ? true : null))
  }
]

/** Whether a value of the official body is in our requests, at the place meant for it. */
export function isKnown({ path, value }: Leaf, known: KnownData, type: string): boolean {
  return PLACES.some((place) => {
    const [matched, rest = ''] = place.path.exec(path) ?? []
    return matched !== undefined && place.isThere(known, value, rest, type)
  })
}

function isOfKind({ visitEvents, maps }: KnownData, value: Leaf['value']): boolean {
  const kinds = visitEvents.map(({ eventType }) => eventType)
  if (value === 'page') return kinds.includes('PAGE') || kinds.includes('CONVERSION')
  if (value === 'track') return kinds.includes('CONVERSION') || has(maps, 'COHORTS_') || has(maps, 'LINK_')
  return has(maps, 'IDENTIFY_')
}

function isVisitor({ visitEvents, maps }: KnownData, value: Leaf['value']): boolean {
  const ids = Object.keys(maps).map((key) => key.replace(/^[A-Z]+_/, ''))
  return (
    ids.includes(`${value}`) ||
    inMaps(maps, 'LINK_', LINK_FIELD, value) ||
    visitEvents.some(({ visitorCode }) => visitorCode === value)
  )
}

function isTrait({ maps }: KnownData, value: Leaf['value'], rest: string): boolean {
  return inMaps(maps, 'IDENTIFY_', rest, value) || inMaps(maps, 'IDENTIFY_', `group.${rest}`, value)
}

function isRevenue({ visitEvents }: KnownData, value: Leaf['value']): boolean {
  return visitEvents.some(
    ({ revenue, negative }) =>
      Number(value) === (revenue as number) || (negative === true && -Number(value) === revenue)
  )
}

function inEvents(visitEvents: KnownData['visitEvents'], field: string, value: Leaf['value']): boolean {
  return visitEvents.some((event) => event[field] === value)
}

function inMaps(maps: KnownData['maps'], prefix: string, path: string, value: Leaf['value']): boolean {
  const found = Object.entries(maps).filter(([key]) => key.startsWith(prefix))
  return found.some(([, fields]) => leavesOf(fields).some((leaf) => leaf.path === path && leaf.value === value))
}

function cohorts(maps: KnownData['maps']): KnownData['maps'][string][] {
  return Object.entries(maps).flatMap(([key, fields]) => (key.startsWith('COHORTS_') ? [fields] : []))
}

function has(maps: KnownData['maps'], prefix: string): boolean {
  return Object.keys(maps).some((key) => key.startsWith(prefix))
}

/** One value in a body and its path, for example `properties.products[].price`. */
export interface Leaf {
  path: string
  value: string | number | boolean
}

/** Every value in a body. Null, empty strings and empty lists do not count. */
export function leavesOf(value: unknown, path = ''): Leaf[] {
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(item, `${path}[]`))
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) => leavesOf(item, path === '' ? key : `${path}.${key}`))
  }
  if (typeof value === 'number' || typeof value === 'boolean') return [{ path, value }]
  return typeof value === 'string' && value !== '' ? [{ path, value }] : []
}
