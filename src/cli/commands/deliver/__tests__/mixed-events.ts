import { randomFrom } from './seeded-random'

/** How the lines below are divided: one in ten of them is no good. */
export interface Mixed {
  lines: string[]
  /** Lines, from 1, that end up in the file of rejected events. */
  rejectedLines: number[]
}

const PERSONS = 25

/**
 * Lines of every kind that a file may have, always the same ones. The events of a person are spread over the whole file, and
 * what a later one stores depends on what earlier ones stored.
 */
export function mixedEvents(count: number): Mixed {
  const random = randomFrom(13)
  const lines = Array.from({ length: count }, (_, index) => lineOf(index, Math.floor(random() * PERSONS), random))
  const rejectedLines = lines.flatMap((_, index) => (isBad(index) ? [index + 1] : []))
  return { lines, rejectedLines }
}

function lineOf(index: number, person: number, random: () => number): string {
  if (index % 20 === 7) return `{"type":"track", broken ${index}`
  const event = eventOf(index, person, random())
  return JSON.stringify(index % 20 === 13 ? withoutVisitor(event) : event)
}

/** Every tenth line: by turns one that is no JSON, and an order of nobody. */
const isBad = (index: number): boolean => index % 20 === 7 || index % 20 === 13

function withoutVisitor(event: object): object {
  const { type: _type, userId: _userId, traits: _traits, ...rest } = event as Record<string, unknown>
  return { ...rest, type: 'track', event: 'Order Completed', properties: { revenue: 1 } }
}

function eventOf(index: number, person: number, kind: number): object {
  const code = { kameleoonVisitorCode: `visitor${person}` }
  const common = {
    messageId: `m${index}`,
    userId: `user${person}`,
    timestamp: new Date(Date.UTC(2026, 2, 2) + index * 1000).toISOString()
  }
  if (kind < 0.5) return { ...common, type: 'track', event: 'Order Completed', properties: { ...code, revenue: index } }
  if (kind < 0.65) {
    return { ...common, type: 'page', properties: { ...code, url: `https://shop.example.com/${index}`, title: 'Shop' } }
  }
  // Each of these adds a member to the map, and changes one that an earlier event may have set.
  if (kind < 0.8) return { ...common, type: 'identify', traits: { ...code, [`trait${index % 7}`]: index, last: index } }
  if (kind < 0.88) return { ...common, type: 'group', groupId: `group${index % 3}`, traits: { ...code, plan: index } }
  if (kind < 0.97) return { ...common, ...audienceChange(index, code) }
  return { ...common, type: 'alias', previousId: 'someone' }
}

function audienceChange(index: number, code: object): object {
  const key = `audience${index % 3}`
  const isIn = index % 2 === 0
  return {
    type: 'track',
    event: isIn ? 'Audience Entered' : 'Audience Exited',
    properties: { ...code, audience_key: key, [key]: isIn },
    context: { personas: { computation_class: 'audience', computation_key: key } }
  }
}
