import { defaultValues } from '@segment/actions-core'
import type { InputField } from '@segment/actions-core'
import { parseFql, validate } from '@segment/destination-subscriptions'
import { DATA_HOSTS } from '../kameleoon-api/connection'
import definition from '..'
import { KEY_PREFIXES } from '../plan/stored-maps'

const actions = definition.actions
const actionKeys = Object.keys(actions)
const presets = definition.presets ?? []
const settings = definition.authentication?.fields ?? {}

/** As the catalog page lists them: key, required or optional, description. */
type Row = [field: string, mark: 'required' | 'optional', description: string]

describe('the destination', () => {
  it('keeps the name, slug and mode of the catalog page', () => {
    expect(definition).toMatchObject({ name: 'Kameleoon (Actions)', slug: 'actions-kameleoon', mode: 'cloud' })
  })

  it('says what it is in at most 500 characters', () => {
    expect(definition.description).toMatch(/Kameleoon/)
    expect(definition.description?.length).toBeLessThanOrEqual(500)
  })

  it('names itself and its version in the user agent, sets a time limit, and never gives a secret to every request', () => {
    const options = definition.extendRequest?.({} as Parameters<NonNullable<typeof definition.extendRequest>>[0])
    expect(options).toEqual({
      headers: {
        'user-agent': expect.stringMatching(/^SegmentKameleoonDestination\/[\d.]+ \(Segment Actions\)$/) as string
      },
      timeout: 10_000
    })
  })

  it('has the four actions of the catalog page and no other', () => {
    expect(actionKeys.sort()).toEqual(['groupEvent', 'identifyEvent', 'logEvent', 'pageEvent'])
  })

  it('gives every action a title of its own, because the framework keeps schemas by title', () => {
    expect(new Set(Object.values(actions).map(({ title }) => title)).size).toBe(actionKeys.length)
  })
})

describe('the settings', () => {
  it.each([
    ['apiKey', 'API Key', 'password', true, /^Kameleoon API key\. You can generate one/],
    ['sitecode', 'Sitecode', 'string', true, /^Kameleoon project sitecode\. You can find this/],
    ['dataRegion', 'Data Region', 'string', undefined, /Where your Kameleoon project is hosted/]
  ])('%s is "%s", a %s, required: %s', (key, label, type, required, description) => {
    expect(settings[key]).toMatchObject({ label, type })
    expect(settings[key].required).toBe(required)
    expect(settings[key].description).toMatch(description)
  })

  it('are three, and none lets a user type a host name', () => {
    expect(Object.keys(settings)).toEqual(['apiKey', 'sitecode', 'dataRegion'])
    expect(settings.dataRegion.choices).toHaveLength(4)
  })

  it('hide what is secret', () => {
    const secrets = Object.entries(settings).filter(([key]) => /key|token|secret|password/i.test(key))
    expect(secrets.map(([key, { type }]) => [key, type])).toEqual([['apiKey', 'password']])
  })

  it('are tested by a custom authentication', () => {
    expect(definition.authentication).toMatchObject({ scheme: 'custom' })
    expect(definition.authentication?.testAuthentication).toBeInstanceOf(Function)
  })
})

describe('the data region', () => {
  const labels = new Map((settings.dataRegion.choices ?? []).map(({ value, label }) => [value, label]))

  it.each([
    ['EU', 'https://eu-data.kameleoon.io', /Europe/],
    ['NA', 'https://na-data.kameleoon.io', /North America, US/],
    ['EU_DOT_EU', 'https://eu-data.kameleoon.eu', /Europe, \.eu/],
    ['NA_DOT_EU', 'https://na-data.kameleoon.eu', /North America, US, \.eu/]
  ] as const)('%s stands for %s', (region, host, label) => {
    expect(DATA_HOSTS[region]).toBe(host)
    expect(labels.get(region)).toMatch(label)
    expect(labels.get(region)).toContain(host.replace('https://', ''))
  })

  it('is Europe if nothing is chosen', () => {
    expect(settings.dataRegion.default).toBe('EU')
  })
})

describe('the keys of stored data', () => {
  it.each([
    ['identify', 'IDENTIFY_'],
    ['cohorts', 'COHORTS_'],
    ['link', 'LINK_']
  ] as const)('%s data is stored under %s…', (kind, prefix) => {
    expect(KEY_PREFIXES[kind]).toBe(prefix)
  })
})

describe.each([
  ['logEvent', 'Log Event', 'Send a track event to Kameleoon', 'type = "track"'],
  ['identifyEvent', 'Identify Event', 'Send user traits to Kameleoon', 'type = "identify"'],
  ['pageEvent', 'Page Event', 'Send a page event to Kameleoon', 'type = "page"'],
  ['groupEvent', 'Group Event', 'Send group traits to Kameleoon', 'type = "group"']
])('the action %s', (key, title, description, trigger) => {
  const action = actions[key]

  it(`is titled "${title}": ${description}`, () => {
    expect(action).toMatchObject({ title, description })
  })

  it(`is triggered by ${trigger} unless the user says otherwise`, () => {
    expect(action.defaultSubscription).toBe(trigger)
    expect(parseFql(trigger)).not.toHaveProperty('error')
  })

  it('delivers alone and in batches', () => {
    expect(action.perform).toBeInstanceOf(Function)
    expect(action.performBatch).toBeInstanceOf(Function)
  })

  it('explains every field in words', () => {
    for (const [field, { label, description }] of Object.entries<InputField>(action.fields)) {
      expect([field, label]).toEqual([field, expect.stringMatching(/\S/)])
      expect([field, description]).toEqual([field, expect.stringMatching(/\S{3}/)])
    }
  })

  it('offers live choices only for fields that exist and are marked as such', () => {
    for (const field of Object.keys(action.dynamicFields ?? {})) {
      expect([field, action.fields[field]?.dynamic]).toEqual([field, true])
    }
    const marked = Object.keys(action.fields).filter((field) => action.fields[field].dynamic)
    expect(Object.keys(action.dynamicFields ?? {}).sort()).toEqual(marked.sort())
  })

  it('fills every field by default with what hosts of Segment destinations can translate', () => {
    for (const [field, { default: value }] of Object.entries<InputField>(action.fields)) {
      expect([field, isTranslatable(value)]).toEqual([field, true])
    }
  })
})

describe.each<[string, Row[]]>([
  [
    'logEvent',
    [
      ['anonymousId', 'optional', 'Anonymous id'],
      ['userId', 'optional', 'The ID associated with the user'],
      ['event', 'optional', 'The event name'],
      ['type', 'required', 'The type of the event'],
      ['properties', 'optional', 'Properties of the event. They are not sent as such'],
      ['kameleoonVisitorCode', 'optional', 'Kameleoon Visitor Code - a unique identifier for the user'],
      ['timestamp', 'required', 'The timestamp of the event'],
      ['context', 'optional', 'Context of the event. It is not sent as such'],
      ['messageId', 'required', 'The Segment messageId']
    ]
  ],
  [
    'identifyEvent',
    [
      ['anonymousId', 'optional', 'Anonymous id'],
      ['userId', 'optional', 'The ID associated with the user'],
      ['type', 'required', 'The type of the event'],
      ['properties', 'optional', 'Traits to send with the event'],
      ['kameleoonVisitorCode', 'optional', 'Kameleoon Visitor Code - a unique identifier for the user'],
      ['timestamp', 'required', 'The timestamp of the event'],
      ['messageId', 'required', 'The Segment messageId']
    ]
  ],
  [
    'pageEvent',
    [
      ['anonymousId', 'optional', 'Anonymous id'],
      ['userId', 'optional', 'The ID associated with the user'],
      ['type', 'required', 'The type of the event'],
      ['properties', 'optional', 'Page properties'],
      ['kameleoonVisitorCode', 'optional', 'Kameleoon Visitor Code - a unique identifier for the user'],
      ['name', 'optional', 'The name of the page'],
      ['context', 'optional', 'Context of the event. It is not sent as such'],
      ['timestamp', 'required', 'The timestamp of the event'],
      ['messageId', 'optional', 'The Segment messageId']
    ]
  ],
  [
    'groupEvent',
    [
      ['anonymousId', 'optional', 'Anonymous id'],
      ['userId', 'optional', 'The ID associated with the user'],
      ['type', 'required', 'The type of the event'],
      ['groupId', 'required', 'The group id'],
      ['properties', 'optional', 'Traits to send with the event'],
      ['kameleoonVisitorCode', 'optional', 'Kameleoon Visitor Code - a unique identifier for the user'],
      ['timestamp', 'required', 'The timestamp of the event'],
      ['messageId', 'required', 'The Segment messageId']
    ]
  ]
])('the fields of %s, as the catalog page lists them', (key, rows) => {
  const { fields } = actions[key]

  it.each(rows)('%s is %s: %s', (field, mark, description) => {
    expect(fields[field].required ?? false).toBe(mark === 'required')
    expect(fields[field].description.startsWith(description)).toBe(true)
  })

  it('require nothing beyond the marks of that page', () => {
    const required = Object.keys(fields).filter((field) => fields[field].required)
    expect(required.sort()).toEqual(
      rows
        .filter(([, mark]) => mark === 'required')
        .map(([field]) => field)
        .sort()
    )
  })
})

describe('the Kameleoon options', () => {
  const always = [
    ...['customData', 'customDataLists', 'visitorFallback', 'maxEventAgeHours'],
    ...['enable_batching', 'batch_size', 'batch_bytes']
  ]
  const goal = ['goalId', 'goalMatching', 'conversionMetadata', 'sendDeviceData']

  it.each([
    ['logEvent', [...always, ...goal, 'revenue', 'negative', 'visitEventType', 'visitEventParameters']],
    ['pageEvent', [...always, ...goal]],
    ['identifyEvent', [...always, 'storedTraits', 'ttlHours', 'existingData']],
    ['groupEvent', [...always, 'storedTraits', 'ttlHours', 'existingData']]
  ])('of %s are these and no other, all optional', (key, options) => {
    const common = ['kameleoonVisitorCode', 'anonymousId', 'userId', 'type', 'properties', 'context', 'timestamp']
    const own: Record<string, string[]> = { logEvent: ['event'], pageEvent: ['name'], groupEvent: ['groupId'] }
    const { fields } = actions[key]
    expect(Object.keys(fields).sort()).toEqual([...common, 'messageId', ...(own[key] ?? []), ...options].sort())
    expect(options.filter((option) => fields[option].required)).toEqual([])
  })

  it.each([
    ['logEvent', 'goalMatching', 'match or create'],
    ['pageEvent', 'goalMatching', 'match or create'],
    ['logEvent', 'sendDeviceData', false],
    ['pageEvent', 'sendDeviceData', false],
    ['identifyEvent', 'ttlHours', 2208],
    ['groupEvent', 'ttlHours', 2208],
    ['identifyEvent', 'existingData', 'keep'],
    ['groupEvent', 'existingData', 'keep'],
    ['logEvent', 'visitorFallback', 'linked visitor, else user id'],
    ['identifyEvent', 'visitorFallback', 'linked visitor, else user id'],
    ['logEvent', 'goalId', undefined],
    ['logEvent', 'negative', undefined],
    ['logEvent', 'visitEventType', undefined],
    ['logEvent', 'maxEventAgeHours', undefined],
    ['logEvent', 'enable_batching', true],
    ['logEvent', 'batch_size', 1000]
  ])('%s starts with %s = %s', (key, field, value) => {
    expect(actions[key].fields[field].default).toBe(value)
  })

  it.each([
    ['logEvent', 'goalMatching', ['match or create', 'match only', 'none']],
    [
      'logEvent',
      'visitorFallback',
      ['linked visitor, else user id', 'linked visitor only', 'user id', 'cross-device id', 'reject']
    ],
    ['identifyEvent', 'existingData', ['keep', 'replace']],
    [
      'logEvent',
      'visitEventType',
      [
        'ACTIVITY',
        'CONVERSION',
        'CUSTOMDATA',
        'EXPERIMENT',
        'GEOLOCATION',
        'PAGE',
        'PERSONALIZATION',
        'STATICDATA',
        'TARGETINGSEGMENT'
      ]
    ]
  ])('%s offers choices for %s', (key, field, values) => {
    const choices = (actions[key].fields[field].choices ?? []) as Array<{ value: string }>
    expect(choices.map(({ value }) => value)).toEqual(values)
  })

  it.each([
    ['logEvent', 3_000_000],
    ['pageEvent', 3_000_000],
    ['identifyEvent', 1_000_000],
    ['groupEvent', 1_000_000]
  ])('keep the batches of %s below the %d bytes that Kameleoon takes', (key, limit) => {
    expect(actions[key].fields.batch_bytes.default).toBeLessThan(limit)
  })

  it('are limited where the framework checks limits', () => {
    expect(actions.identifyEvent.fields.ttlHours).toMatchObject({ type: 'number', minimum: 1, maximum: 8784 })
    expect(actions.logEvent.fields.batch_size).toMatchObject({ type: 'number', minimum: 1, maximum: 1000 })
  })

  it('say how long data is stored: at most 8784 hours, 2208 by default', () => {
    expect(actions.identifyEvent.fields.ttlHours.description).toMatch(/8784 hours \(366 days\).*2208 hours/)
  })
})

describe('the order of the fields', () => {
  const order = (key: string): string[] => Object.keys(actions[key].fields)

  it('begins with what a marketer needs first', () => {
    expect(order('logEvent').slice(0, 6)).toEqual([
      ...['kameleoonVisitorCode', 'goalId', 'goalMatching', 'revenue', 'negative', 'customData']
    ])
    expect(order('pageEvent').slice(0, 4)).toEqual(['kameleoonVisitorCode', 'goalId', 'goalMatching', 'customData'])
    expect(order('identifyEvent').slice(0, 3)).toEqual(['kameleoonVisitorCode', 'properties', 'storedTraits'])
    expect(order('groupEvent').slice(0, 3)).toEqual(['kameleoonVisitorCode', 'groupId', 'properties'])
  })

  it.each(actionKeys)('of %s ends with identifiers and with what is folded away', (key) => {
    expect(order(key).filter((field) => order(key).indexOf(field) >= order(key).indexOf('userId'))).toEqual([
      ...['userId', 'anonymousId', ...(key in { logEvent: 0, pageEvent: 0 } ? ['properties'] : [])],
      ...['context', 'timestamp', 'messageId', 'type', 'enable_batching', 'batch_size', 'batch_bytes']
    ])
    for (const field of ['timestamp', 'messageId', 'type']) {
      expect([field, actions[key].fields[field].displayMode]).toEqual([field, 'collapsed'])
    }
  })

  it('hides the fields of a conversion where another event is sent, or none', () => {
    for (const field of ['goalId', 'revenue', 'negative', 'conversionMetadata']) {
      expect(actions.logEvent.fields[field].depends_on).toEqual({
        match: 'all',
        conditions: [
          { fieldKey: 'visitEventType', operator: 'is', value: undefined },
          { fieldKey: 'goalMatching', operator: 'is_not', value: 'none' }
        ]
      })
    }
  })
})

describe('the default mappings', () => {
  it.each([
    ['logEvent', 'event', '$.event', '$.name'],
    ['logEvent', 'kameleoonVisitorCode', '$.properties.kameleoonVisitorCode', '$.traits.kameleoonVisitorCode']
  ])('%s takes %s from %s, else from %s', (key, field, first, second) => {
    expect(actions[key].fields[field].default).toEqual({
      '@if': { exists: { '@path': first }, then: { '@path': first }, else: { '@path': second } }
    })
  })

  it.each([
    ['logEvent', 'properties', '$.properties'],
    ['logEvent', 'revenue', '$.properties.revenue'],
    ['logEvent', 'userId', '$.userId'],
    ['logEvent', 'anonymousId', '$.anonymousId'],
    ['logEvent', 'type', '$.type'],
    ['logEvent', 'context', '$.context'],
    ['logEvent', 'timestamp', '$.timestamp'],
    ['logEvent', 'messageId', '$.messageId'],
    ['pageEvent', 'kameleoonVisitorCode', '$.properties.kameleoonVisitorCode'],
    ['pageEvent', 'name', '$.name'],
    ['pageEvent', 'properties', '$.properties'],
    ['identifyEvent', 'kameleoonVisitorCode', '$.traits.kameleoonVisitorCode'],
    ['identifyEvent', 'properties', '$.traits'],
    ['groupEvent', 'kameleoonVisitorCode', '$.traits.kameleoonVisitorCode'],
    ['groupEvent', 'groupId', '$.groupId'],
    ['groupEvent', 'properties', '$.traits']
  ])('%s takes %s from %s', (key, field, path) => {
    expect(actions[key].fields[field].default).toEqual({ '@path': path })
  })

  it('take a time with date and time of day', () => {
    for (const key of actionKeys) {
      expect(actions[key].fields.timestamp).toMatchObject({ type: 'string', format: 'date-time' })
    }
  })
})

describe('the presets', () => {
  const byName = new Map(presets.map((preset) => [preset.name, preset]))

  it.each([
    ['Track Calls', 'type = "track"', 'logEvent', 'Log Event'],
    ['Page Calls', 'type = "page"', 'pageEvent', 'Page Event'],
    ['Group Calls', 'type = "group"', 'groupEvent', 'Group Event'],
    ['Identify Calls', 'type = "identify"', 'identifyEvent', 'Identify Event'],
    ['Screen Calls', 'type = "screen"', 'logEvent', 'Log Event']
  ])('%s: on %s runs %s (%s)', (name, subscribe, partnerAction, title) => {
    expect(byName.get(name)).toMatchObject({ type: 'automatic', subscribe, partnerAction })
    expect(actions[partnerAction].title).toBe(title)
  })

  it.each([
    ['Audience Entered', 'warehouse_audience_entered_track', 'logEvent'],
    ['Audience Exited', 'warehouse_audience_exited_track', 'logEvent'],
    ['Audience Membership Changed', 'warehouse_audience_membership_changed_identify', 'identifyEvent'],
    ['Journeys Step Entered', 'journeys_step_entered_track', 'logEvent']
  ])('%s: on the event %s runs %s', (name, eventSlug, partnerAction) => {
    expect(byName.get(name)).toMatchObject({ type: 'specificEvent', eventSlug, partnerAction })
  })

  it('are these nine, each with a name of its own', () => {
    expect(presets).toHaveLength(9)
    expect(byName.size).toBe(9)
  })

  it('map only fields that their action has, and every required one', () => {
    for (const { name, partnerAction, mapping } of presets) {
      const { fields } = actions[partnerAction]
      const mapped = Object.keys(mapping ?? {})
      expect([name, mapped.filter((field) => !(field in fields))]).toEqual([name, []])
      const required = Object.keys(fields).filter((field) => fields[field].required)
      expect([name, required.filter((field) => !mapped.includes(field))]).toEqual([name, []])
    }
  })

  it('use the default mapping of their action', () => {
    for (const { partnerAction, mapping } of presets) {
      expect(mapping).toEqual(defaultValues(actions[partnerAction].fields))
    }
  })

  it('trigger on their own kind of call and on no other', () => {
    const kinds = ['track', 'page', 'screen', 'identify', 'group', 'alias']
    const triggered = presets.flatMap((preset) => {
      if (preset.type !== 'automatic') return []
      const condition = parseFql(preset.subscribe)
      expect(condition).not.toHaveProperty('error')
      return [[preset.name, kinds.filter((type) => validate(condition, { type }))]]
    })
    expect(triggered).toEqual([
      ['Track Calls', ['track']],
      ['Page Calls', ['page']],
      ['Group Calls', ['group']],
      ['Identify Calls', ['identify']],
      ['Screen Calls', ['screen']]
    ])
  })
})

/** A literal, a plain path, or "if it exists then it, else that" with plain paths. */
function isTranslatable(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (isPlainPath(value)) return true
  const condition = (value as { '@if'?: Record<string, unknown> })['@if']
  if (!condition || Object.keys(value).length !== 1) return false
  const { exists, then, else: otherwise, ...rest } = condition
  const branches = [exists, then, otherwise]
  return Object.keys(rest).length === 0 && branches.every(isPlainPath) && equal(exists, then)
}

function isPlainPath(value: unknown): boolean {
  const path = (value as { '@path'?: unknown })['@path']
  return typeof path === 'string' && /^\$(\.\w+)+$/.test(path) && Object.keys(value as object).length === 1
}

function equal(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
