import { isDeepStrictEqual } from 'util'
import type { JSONObject } from '@segment/actions-core'
import { OFFICIAL_DEFAULTS } from '../official'
import { officialExport, officialSubscription } from './official-export'
import { migrated } from './run-migrate'

const log = (changes: JSONObject, fields: JSONObject = {}): JSONObject =>
  officialSubscription('logEvent', changes, fields)

/** Each with a second subscription beside it that has nothing to it, and must not suffer. */
async function migratedBeside(subscription: JSONObject) {
  return migrated(officialExport(subscription, officialSubscription('page')))
}

/** What an untouched mapping has, except the defaults that are others here. */
function isKept([key, value]: [string, unknown]): boolean {
  return !isDeepStrictEqual(OFFICIAL_DEFAULTS.logEvent[key], value)
}

describe('what needs a human', () => {
  it.each([
    ['an unknown action', log({}, { actionSlug: 'sendAudience' }), '"sendAudience" is no action of the official'],
    [
      'an id in place of a slug',
      log({}, { actionSlug: '', actionId: 'uD9jEQ4D' }),
      'if it is an id, put the key under'
    ],
    ['no action', log({}, { actionSlug: '', actionId: '' }), 'not migrated: it names no action'],
    ['a trigger that cannot be parsed', log({}, { trigger: 'tracks' }), 'its trigger cannot be parsed: tracks'],
    ['a trigger that breaks off', log({}, { trigger: 'type =' }), 'its trigger cannot be parsed: type ='],
    ['an empty trigger', log({}, { trigger: '' }), 'its trigger cannot be parsed: (empty)']
  ])('leaves out a subscription with %s', async (_, subscription, text) => {
    const { code, said, subscriptions } = await migratedBeside(subscription)
    expect(code).toBe(1)
    expect(said).toContain('Needs a human\n  Track Calls: ')
    expect(said).toContain(text)
    expect(said).toContain('1 of 2 subscriptions')
    expect(said).toContain('(not migrated)')
    expect(subscriptions.map(({ partnerAction }) => partnerAction)).toEqual(['pageEvent'])
  })

  it.each([
    [
      'a field that neither has',
      log({ apiVersion: 2 }),
      '"apiVersion" is a field that neither destination has',
      'apiVersion'
    ],
    [
      'a directive that is none',
      log({ event: { '@nope': 1 } }),
      '"event" was removed, since Segment cannot read',
      'event'
    ]
  ])('leaves out %s, and keeps the rest', async (_, subscription, text, key) => {
    const { code, said, subscriptions } = await migratedBeside(subscription)
    expect(code).toBe(1)
    expect(said).toContain(text)
    expect(subscriptions).toHaveLength(2)
    expect(subscriptions[0].mapping).not.toHaveProperty(key)
    expect(subscriptions[0].mapping).toHaveProperty('userId')
  })

  it.each([
    ['a changed type', log({ type: 'screen' }), '"type" was changed; here it is part of goal names'],
    ['a changed messageId', log({ messageId: 'x' }), '"messageId" was changed; repeated events'],
    ['one time for all', log({ timestamp: '2026-01-01T00:00:00Z' }), '"timestamp" is one fixed text for all events'],
    [
      'properties that hide the amount',
      log({ properties: { '@json': { mode: 'decode', value: { '@path': '$.properties.body' } } } }),
      'check "revenue"'
    ],
    ['a Reverse ETL model', log({}, { modelId: 'model1' }), 'it reads a Reverse ETL model'],
    [
      'calls the action cannot use',
      log({}, { trigger: 'type = "track" or type = "identify" or type = "alias"' }),
      'its trigger also takes identify, alias calls, which logEvent cannot use'
    ]
  ])('carries %s over, and says what to check', async (_, subscription, text) => {
    const { code, said, subscriptions } = await migratedBeside(subscription)
    expect(code).toBe(1)
    expect(said).toContain(text)
    expect(subscriptions).toHaveLength(2)
    expect(subscriptions[0].mapping).toMatchObject(
      Object.fromEntries(Object.entries(subscription.settings as JSONObject).filter(isKept))
    )
  })

  it('takes the default of a required field that had no mapping', async () => {
    const { code, said, subscriptions } = await migratedBeside(log({ timestamp: null }))
    expect(code).toBe(1)
    expect(said).toContain('"timestamp" is required and had no mapping that works; its default was taken')
    expect(subscriptions[0].mapping.timestamp).toEqual({ '@path': '$.timestamp' })
  })

  it('takes all defaults for an export without mappings', async () => {
    const { code, said, subscriptions } = await migratedBeside({ ...log({}), settings: {} })
    expect(code).toBe(1)
    expect(said).toContain('the export has no mapping; the defaults were taken')
    expect(subscriptions[0].mapping.event).toBeDefined()
  })

  it('says when nothing would run, and when the API has more', async () => {
    const { data } = officialExport(log({}, { enabled: false })) as { data: JSONObject }
    const { code, said } = await migrated({ data: { ...data, pagination: { current: 'MA==', next: 'MQ==' } } })
    expect(code).toBe(1)
    expect(said).toContain('(the file): the API has more subscriptions than this page: fetch pagination.next too')
    expect(said).toContain('(all): no subscription is enabled')
  })
})
