import type { JSONObject } from '@segment/actions-core'
import * as fc from 'fast-check'
import kameleoon from '../../../../destinations/kameleoon'
import { matcherOf, subscriptionsIn } from '../../../../segment-host'
import { migrateOfficial } from '../official'
import { exportIn } from '../public-api'
import { officialExport, officialSubscription } from './official-export'

type Slug = Parameters<typeof officialSubscription>[0]

/** Pieces of triggers, right and wrong, in any order. */
const PIECES = [
  ...['type', 'event', 'properties.total', 'properties', 'traits.plan', 'messageId', 'context.ip', '$.event'],
  ...['=', '==', '!=', '>', '<=', 'and', 'or', 'not', '!', '(', ')', ',', 'contains(', 'match(', 'exists('],
  ...['"track"', '"page"', "'track'", '"Order*"', '"', '5', '-1.5', 'true', 'null', '\\', '\n', '🎉', '']
]

const triggers = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 9 }).map((pieces) => pieces.join(' ')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom('type = "track"', 'type = "track" and event = "Order Completed"', 'type = "page" or type = "screen"')
)

const fieldNames = [
  ...['type', 'event', 'timestamp', 'messageId', 'properties', 'userId', 'revenue', 'unknown', '__segment_internal_x'],
  ...['constructor', 'toString', 'groupId', 'name']
]

/** Values of fields: directives of Segment, broken ones, and any other JSON. */
const values = fc.oneof(
  fc.constantFrom<unknown>('', null, { '@path': '$.event' }, { '@path': '' }, { '@template': '{{a' }, { '@if': {} }),
  fc.constantFrom<unknown>(
    { '@path': 5 },
    { '@unknown': 'x' },
    { '@path': '$.a', '@template': 'b' },
    { '@literal': 1 }
  ),
  fc.jsonValue({ maxDepth: 2 })
)

const changes = fc.dictionary(fc.constantFrom(...fieldNames), values, { maxKeys: 4 })
const slugs = fc.constantFrom<Slug>('logEvent', 'page', 'identify', 'group')

const subscriptions = fc
  .record({ slug: slugs, changed: changes, trigger: triggers, name: fc.string(), enabled: fc.boolean() })
  .map(({ slug, changed, ...fields }) => officialSubscription(slug, changed as JSONObject, fields))

describe('whatever the official destination was set to', () => {
  it('migrate gives only what deliver takes, and names everything else', () => {
    fc.assert(
      fc.property(fc.array(subscriptions, { maxLength: 4 }), (list) => {
        const exported = exportIn(officialExport(...list), 'official', 'export.json')
        if (exported.from !== 'official') throw new Error('The export is not recognised')
        const { carried } = migrateOfficial(exported, kameleoon)
        const results = carried.flatMap(({ result }) => result ?? [])
        expect(subscriptionsIn(JSON.stringify(results), 'out.json', kameleoon)).toHaveLength(results.length)
        expect(results.every(({ subscribe }) => matcherOf(subscribe) !== null)).toBe(true)
        const left = carried.filter(({ result }) => result === undefined)
        expect(left.every(({ toDo }) => toDo.some((text) => text.startsWith('not migrated: ')))).toBe(true)
      }),
      { numRuns: 400 }
    )
  })

  it.each([
    "type = 'track'",
    'type = "track" and',
    'type == "track"',
    'properties.total > 5 and (type = "track" or (event = "x"))',
    'exists(properties.total)',
    'type = "track" event = "Order"'
  ])('the trigger %s is reported and left out', (trigger) => {
    const exported = exportIn(officialExport(officialSubscription('logEvent', {}, { trigger })), 'official', 'e.json')
    if (exported.from !== 'official') throw new Error('The export is not recognised')
    const { carried, toDo } = migrateOfficial(exported, kameleoon)
    expect(carried.map(({ result }) => result)).toEqual([undefined])
    expect(toDo[0].text).toContain(`not migrated: its trigger cannot be parsed: ${trigger}`)
  })
})
