import official from '@segment/action-destinations/dist/destinations/kameleoon'
import { defaultValues } from '@segment/actions-core'
import kameleoon from '../../../../destinations/kameleoon'
import { ACTION_KEYS, OFFICIAL_DEFAULTS, OFFICIAL_FIELDS } from '../official'
import { DEFAULT_EXPORT, officialExport, officialSubscription } from './official-export'
import { migrated } from './run-migrate'

describe('what is known of the official destination', () => {
  it.each(Object.entries(ACTION_KEYS))('holds for the genuine one: %s is %s here', (key, ours) => {
    expect(Object.keys(official.actions).sort()).toEqual(Object.keys(ACTION_KEYS).sort())
    const { fields, title } = official.actions[key]
    expect(Object.keys(fields).sort()).toEqual([...OFFICIAL_FIELDS[ours]].sort())
    expect(kameleoon.actions[ours].title).toBe(title)
    const others = OFFICIAL_DEFAULTS[ours] ?? {}
    expect(defaultValues(fields)).toMatchObject(others)
    const same = Object.entries(defaultValues(fields)).filter(([field]) => !(field in others))
    expect(defaultValues(kameleoon.actions[ours].fields)).toMatchObject(Object.fromEntries(same))
  })
})

describe('migrating untouched subscriptions of the official destination', () => {
  it('gives the presets of this one, with nothing for a human', async () => {
    const { code, subscriptions, said } = await migrated(DEFAULT_EXPORT)
    const presets = kameleoon.presets?.flatMap((preset) => (preset.type === 'automatic' ? [preset] : [])) ?? []
    for (const { partnerAction, subscribe, mapping, name } of presets.slice(0, 4)) {
      expect(subscriptions).toContainEqual({ name, partnerAction, subscribe, enabled: true, mapping })
    }
    expect(subscriptions).toHaveLength(4)
    expect(code).toBe(0)
    expect(said).toContain('4 of 4 subscriptions of the official Kameleoon (Actions) destination carried over.')
    expect(said).toContain('│ Page Calls     │ page     │ pageEvent     │ yes     │                 │     7 │')
    expect(said).toContain(
      '  groupEvent: customDataLists, existingData, ttlHours, visitorFallback, context, enable_batching'
    )
    expect(said).toContain('Nothing needs a human.')
    expect(said).toContain('No subscription takes screen calls; the preset "Screen Calls" does')
  })

  it('says nothing of screens when a trigger takes them', async () => {
    const trigger = 'type = "track" or type = "screen"'
    const { code, said } = await migrated(officialExport(officialSubscription('logEvent', {}, { trigger })))
    expect(said).not.toContain('Screen Calls')
    expect(code).toBe(0)
  })
})

describe('user changes', () => {
  const changes = {
    kameleoonVisitorCode: { '@path': '$.context.externalIds.kameleoon' },
    event: { '@template': 'Shop: {{event}}' },
    userId: { '@liquid': '{{ properties.customer | upcase }}' },
    anonymousId: 'nobody',
    properties: {
      plan: { '@if': { exists: { '@path': '$.traits.plan' }, then: { '@path': '$.traits.plan' }, else: '-' } }
    }
  }

  it('are kept as they are: paths, templates, liquid, literals and nested directives', async () => {
    const { code, subscriptions, said } = await migrated(officialExport(officialSubscription('logEvent', changes)))
    expect(subscriptions[0].mapping).toMatchObject(changes)
    expect(said).toContain('kameleoonVisitorCode')
    expect(said).toMatch(/│ anonymousId, userId, event, properties, kameleoonVisitorCode +│/)
    expect(code).toBe(0)
  })

  it('include fields that the user emptied, which get no default', async () => {
    const emptied = officialSubscription('identify', { anonymousId: null, properties: null })
    const { subscriptions, code } = await migrated(officialExport(emptied))
    expect(subscriptions[0].mapping).not.toHaveProperty('anonymousId')
    expect(subscriptions[0].mapping).not.toHaveProperty('properties')
    expect(subscriptions[0].mapping).toHaveProperty('userId')
    expect(code).toBe(0)
  })

  it('include the name, the trigger, and whether it is enabled', async () => {
    const fields = { name: 'Orders', trigger: 'event = "Order Completed" and properties.total > 10', enabled: false }
    const { subscriptions } = await migrated(
      officialExport(officialSubscription('logEvent', {}, fields), officialSubscription('page'))
    )
    expect(subscriptions[0]).toMatchObject({ name: 'Orders', subscribe: fields.trigger, enabled: false })
    expect(subscriptions[1]).toMatchObject({ name: 'Page Calls', enabled: true })
  })

  it('include keys that Segment itself writes', async () => {
    const changes = { __segment_internal_sync_mode: 'add' }
    const { subscriptions, code } = await migrated(officialExport(officialSubscription('logEvent', changes)))
    expect(subscriptions[0].mapping).toMatchObject(changes)
    expect(code).toBe(0)
  })

  it.each([
    ['another object of the event', { '@path': '$.properties.order' }, '$.properties.order.revenue'],
    ['an amount by hand', { revenue: { '@path': '$.properties.amount' }, sku: 'a' }, '$.properties.amount']
  ])('take the amount of a conversion along: properties from %s', async (_, properties, path) => {
    const { subscriptions, code, said } = await migrated(
      officialExport(officialSubscription('logEvent', { properties }))
    )
    expect(said).toContain('Track Calls: "revenue" is taken from where the changed "properties" have it.')
    expect(JSON.stringify(subscriptions[0].mapping.revenue)).toContain(path)
    expect(code).toBe(0)
  })

  it('convert no amount where the former properties held none', async () => {
    const properties = { sku: { '@path': '$.properties.sku' } }
    const { subscriptions, said } = await migrated(officialExport(officialSubscription('logEvent', { properties })))
    expect(subscriptions[0].mapping).not.toHaveProperty('revenue')
    expect(said).toContain('logEvent: goalMatching, customDataLists, sendDeviceData, visitorFallback')
    expect(said).toContain(
      'Track Calls: "revenue" is empty, since the changed "properties" have none; the total of orders'
    )
  })
})
