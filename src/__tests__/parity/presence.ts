import { LINK_FIELD } from '../../destinations/kameleoon'
import { leavesOf } from './leaves'
import type { Leaf } from './leaves'
import type { Told } from './ours'

/** A place where something that the official destination sends stands in what ours tells Kameleoon. */
interface Place {
  /** Path in the official body; one group of it may be the rest of a path. */
  path: RegExp
  /** Where it stands now, for the guide. */
  now: string
  isThere: (told: Told, value: Leaf['value'], rest: string, type: string) => boolean
}

const PLACES: Place[] = [
  {
    path: /^(?:event|name)$/,
    now: 'the goal that is converted',
    isThere: ({ goals }, value, _rest, type) =>
      goals.some((goal) => [value, `SegmentIO ${type} - ${value}`].includes(goal))
  },
  { path: /^type$/, now: 'the kind of event, or the prefix of the key', isThere: isOfKind },
  {
    path: /^properties\.(?:kameleoonVisitorCode|k_visitorCode)$/,
    now: '`visitorCode`, and the key',
    isThere: isVisitor
  },
  { path: /^(?:userId|anonymousId)$/, now: 'the key, or `visitorCode` without a code', isThere: isVisitor },
  { path: /^properties\.(.+)$/, now: 'a field under `IDENTIFY_`, with its value', isThere: isTrait },
  {
    path: /^groupId$/,
    now: '`groupId` under `IDENTIFY_`',
    isThere: ({ maps }, value) => inMaps(maps, 'IDENTIFY_', 'groupId', value)
  },
  { path: /^properties\.(?:revenue|total)$/, now: '`revenue` of the CONVERSION', isThere: isRevenue },
  {
    path: /^properties\.url$/,
    now: '`href` of the PAGE',
    isThere: ({ visitEvents }, value) => inEvents(visitEvents, 'href', value)
  },
  {
    path: /^properties\.title$/,
    now: '`title` of the PAGE',
    isThere: ({ visitEvents }, value) => inEvents(visitEvents, 'title', value)
  },
  {
    path: /^context\.userAgent$/,
    now: '`userAgent`',
    isThere: ({ visitEvents }, value) => inEvents(visitEvents, 'userAgent', value)
  },
  {
    path: /^(?:context\.personas\.computation_key|properties\.audience_key)$/,
    now: 'the name of a field under `COHORTS_`',
    isThere: ({ maps }, value) => cohorts(maps).some((fields) => `${value}` in fields)
  },
  {
    path: /^properties\.([^.]+)$/,
    now: 'a field under `COHORTS_`: true, or null for false',
    isThere: ({ maps }, value, audience) =>
      cohorts(maps).some((fields) => fields[audience] === (value === true ? true : null))
  }
]

/** Whether a piece of information of the official body is in what ours tells Kameleoon, at the place meant for it. */
export function isTold({ path, value }: Leaf, told: Told, type: string): boolean {
  return PLACES.some((place) => {
    const [matched, rest = ''] = place.path.exec(path) ?? []
    return matched !== undefined && place.isThere(told, value, rest, type)
  })
}

function isOfKind({ visitEvents, maps }: Told, value: Leaf['value']): boolean {
  const kinds = visitEvents.map(({ eventType }) => eventType)
  if (value === 'page') return kinds.includes('PAGE') || kinds.includes('CONVERSION')
  if (value === 'track') return kinds.includes('CONVERSION') || has(maps, 'COHORTS_') || has(maps, 'LINK_')
  return has(maps, 'IDENTIFY_')
}

function isVisitor({ visitEvents, maps }: Told, value: Leaf['value']): boolean {
  const ids = Object.keys(maps).map((key) => key.replace(/^[A-Z]+_/, ''))
  return (
    ids.includes(`${value}`) ||
    inMaps(maps, 'LINK_', LINK_FIELD, value) ||
    visitEvents.some(({ visitorCode }) => visitorCode === value)
  )
}

function isTrait({ maps }: Told, value: Leaf['value'], rest: string): boolean {
  return inMaps(maps, 'IDENTIFY_', rest, value) || inMaps(maps, 'IDENTIFY_', `group.${rest}`, value)
}

function isRevenue({ visitEvents }: Told, value: Leaf['value']): boolean {
  return visitEvents.some(
    ({ revenue, negative }) =>
      Number(value) === (revenue as number) || (negative === true && -Number(value) === revenue)
  )
}

function inEvents(visitEvents: Told['visitEvents'], field: string, value: Leaf['value']): boolean {
  return visitEvents.some((event) => event[field] === value)
}

function inMaps(maps: Told['maps'], prefix: string, path: string, value: Leaf['value']): boolean {
  const found = Object.entries(maps).filter(([key]) => key.startsWith(prefix))
  return found.some(([, fields]) => leavesOf(fields).some((leaf) => leaf.path === path && leaf.value === value))
}

function cohorts(maps: Told['maps']): Told['maps'][string][] {
  return Object.entries(maps).flatMap(([key, fields]) => (key.startsWith('COHORTS_') ? [fields] : []))
}

function has(maps: Told['maps'], prefix: string): boolean {
  return Object.keys(maps).some((key) => key.startsWith(prefix))
}
