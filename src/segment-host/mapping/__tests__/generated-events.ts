import type { Random } from '../../../../faults/random'
import { KEYS, objectText, once, pick, scalarText, several, valueText } from './generated-text'

const TYPES = ['track', 'identify', 'page', 'group']
const PLACES = ['properties', 'traits', 'context', 'options']

/** The JSON text of an event. The places that mappings read are there, with odd values in them, or now and then not. */
export function eventText(random: Random): string {
  const type = pick(random, TYPES)
  return objectText([
    ['type', JSON.stringify(type)],
    ...usual(random),
    ...PLACES.filter(() => !once(random, 5)).map((place): [string, string] => [place, placeText(random, place)]),
    ...several(random, 2, (): [string, string] => [pick(random, KEYS), valueText(random, 2)])
  ])
}

const USUAL: [string, string][] = [
  ['event', 'Order Completed'],
  ['messageId', 'message-1'],
  ['timestamp', '2026-03-02T10:00:00.000Z'],
  ['userId', 'user-1'],
  ['groupId', 'group-1'],
  ['anonymousId', 'anonymous-1']
]

function usual(random: Random): [string, string][] {
  return USUAL.filter(() => !once(random, 30)).map(([key, text]) => {
    return [key, once(random, 25) ? valueText(random, 1) : JSON.stringify(text)]
  })
}

function placeText(random: Random, place: string): string {
  // The framework cannot read a context of null, and neither can anything that is compared here.
  if (once(random, 12)) return place === 'context' ? '{}' : scalarText(random)
  const members = several(random, 6, (): [string, string] => [pick(random, KEYS), valueText(random, 3)])
  return objectText(place === 'context' ? [...members, ...personas(random)] : members)
}

/** What Segment adds to events of an audience. */
function personas(random: Random): [string, string][] {
  if (!once(random, 6)) return []
  const key = pick(random, KEYS)
  return [
    [
      'personas',
      objectText([
        ['computation_class', '"audience"'],
        ['computation_key', JSON.stringify(key)]
      ])
    ]
  ]
}
