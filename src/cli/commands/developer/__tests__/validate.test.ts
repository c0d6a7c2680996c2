import { writeFileSync } from 'fs'
import { join } from 'path'
import type { DestinationDefinition, InputField } from '@segment/actions-core'
import kameleoon from '../../../../destinations/kameleoon'
import { destinationMetadata } from '../destination-metadata'
import { breaksOf } from '../committed-metadata'
import { problemsIn } from '../validate/definition'
import { command, copiedFolder } from './command'

type Definition = DestinationDefinition<unknown>
const choices = () => Promise.resolve({ choices: [] })

/** A destination without a problem. */
function sound(): Definition {
  return {
    name: 'Sound',
    slug: 'actions-sound',
    mode: 'cloud',
    description: 'A destination without a problem.',
    authentication: {
      scheme: 'custom',
      fields: { siteCode: { label: 'Site Code', description: 'The code of a site.', type: 'string' } },
      testAuthentication: () => true
    },
    actions: {
      send: {
        title: 'Send',
        description: 'Sends an event.',
        defaultSubscription: 'type = "track" and event != "Ping"',
        fields: {
          id: {
            label: 'Message ID',
            description: 'The id.',
            type: 'string',
            required: true,
            default: { '@path': '$.id' }
          },
          size: { label: 'Size', description: 'How large.', type: 'number', default: 3 }
        },
        perform: () => undefined,
        performBatch: () => undefined
      }
    },
    presets: [
      {
        type: 'automatic',
        name: 'Track Calls',
        partnerAction: 'send',
        subscribe: 'type = "track"',
        mapping: { id: { '@path': '$.id' } }
      }
    ]
  }
}

/** The sound one after a change, and what is then wrong with it. */
function problemsAfter(change: (definition: Definition) => void): string[] {
  const definition = sound()
  change(definition)
  return problemsIn(definition).map(({ place, fault }) => `${place} ${fault}`)
}

/** The sound one with another field, and what is then wrong with that. */
function problemsOf(field: Partial<InputField>, key = 'extra'): string[] {
  return problemsAfter(({ actions }) => {
    actions.send.fields = {
      ...actions.send.fields,
      [key]: { label: 'Extra', description: 'More.', type: 'string', ...field }
    }
  })
}

describe('the rules', () => {
  it('find nothing wrong with this destination', () => {
    expect(problemsIn(kameleoon)).toEqual([])
    expect(problemsAfter(() => undefined)).toEqual([])
  })

  it.each<[string, (definition: Definition) => unknown, string]>([
    ['no actions', (d) => ((d.actions = {}), (d.presets = [])), 'actions has none'],
    ['no name', (d) => (d.name = ' '), 'name is empty'],
    [
      'another slug',
      (d) => (d.slug = 'Sound'),
      'slug must be "actions-" and a name in small letters, but it is "Sound"'
    ],
    ['another mode', (d) => Object.assign(d, { mode: 'device' }), 'mode must be "cloud", but it is "device"'],
    ['no description', (d) => (d.description = undefined), 'the destination has no description'],
    [
      'a long one',
      (d) => (d.description = `A${'b'.repeat(500)}`),
      'description is 501 characters long; the catalog takes 500'
    ],
    ['an action without description', (d) => (d.actions.send.description = ''), 'actions.send has no description'],
    [
      'settings that are not tested',
      (d) => delete d.authentication?.testAuthentication,
      'authentication has no testAuthentication: wrong settings would not be noticed'
    ],
    [
      'two actions of one title',
      (d) => (d.actions.other = { ...d.actions.send }),
      'actions.other is called "Send", as actions.send is'
    ],
    [
      'two presets of one name',
      (d) => d.presets?.push({ ...d.presets[0] }),
      'presets[1] is called "Track Calls", as presets[0] is'
    ],
    [
      'a preset of no action',
      (d) => d.presets && (d.presets[0].partnerAction = 'toString'),
      'presets[0] uses the action toString, which does not exist'
    ],
    [
      'a preset with an unknown field',
      (d) => d.presets && (d.presets[0].mapping = { id: '1', colour: 'red' }),
      'presets[0].mapping.colour is no field of the action'
    ],
    [
      'a preset without a required field',
      (d) => d.presets && (d.presets[0].mapping = {}),
      'presets[0].mapping.id is missing, but the action requires it'
    ],
    [
      'a preset with an impossible directive',
      (d) => d.presets && (d.presets[0].mapping = { id: { '@path': 7 } }),
      'presets[0].mapping /id/@path should be a string or a mapping directive but it is a number.'
    ],
    [
      'a preset of an unknown event',
      (d) => d.presets && Object.assign(d.presets[0], { type: 'specificEvent', eventSlug: 'moon_rise' }),
      'presets[0].eventSlug is "moon_rise", which Segment does not know'
    ],
    [
      'a live choice for no field',
      (d) => Object.assign(d.actions.send, { dynamicFields: { colour: choices } }),
      'actions.send.dynamicFields.colour serves a field that does not exist'
    ],
    [
      'a live choice for a still field',
      (d) => Object.assign(d.actions.send, { dynamicFields: { size: choices } }),
      'actions.send.dynamicFields.size serves a field that is not dynamic'
    ],
    [
      'batching without performBatch',
      (d) => {
        delete d.actions.send.performBatch
        d.actions.send.fields.enable_batching = { label: 'Batch', description: 'Batch.', type: 'boolean' }
      },
      'actions.send.fields.enable_batching is there without performBatch'
    ]
  ])('find %s', (_case, change, problem) => {
    expect(problemsAfter(change)).toEqual([problem])
  })

  it.each<[string, string]>([
    ['type =', 'is understood as type = "eos", but it is written type ='],
    ['type = "track" and', 'is understood as type = "track", but it is written type = "track" and'],
    ['type = track', 'is understood as type = "track", but it is written type = track'],
    ['type = "trck"', 'waits for type "trck", which no event has'],
    ['type = "track" and type = "page"', 'wants one event to be of two types: type = "track" and type = "page"'],
    ['foo = "x"', 'is no query: foo = "x": '],
    ['', 'is no query: ']
  ])('find the subscription %p', (query, fault) => {
    const [problem, ...others] = problemsAfter(
      ({ presets }) => presets && Object.assign(presets[0], { subscribe: query })
    )
    expect(problem).toMatch(new RegExp(`^presets\\[0\\].subscribe ${fault.replace(/[?()[\]]/g, '.')}`))
    expect(others).toEqual([])
    expect(problemsAfter(({ actions }) => (actions.send.defaultSubscription = query))[0]).toBe(
      problem.replace('presets[0].subscribe', 'actions.send.defaultSubscription')
    )
  })

  it.each(['type = "identify" or type = "group"', 'type = "track" and (event = "a" or event = "b")'])(
    'find nothing wrong with the subscription %p',
    (query) => expect(problemsAfter(({ actions }) => (actions.send.defaultSubscription = query))).toEqual([])
  )

  const extra = 'actions.send.fields.extra'
  it.each<[string, Partial<InputField>, string]>([
    ['no description', { description: ' ' }, 'has no description'],
    ['no label', { label: '' }, 'has no label'],
    ['a small label', { label: 'size of an Event' }, 'has "size" in its label, which starts with a small letter'],
    ['a label with spaces', { label: 'Size  Limit' }, 'has needless spaces in its label'],
    ['a word twice', { description: 'Is the the size.' }, 'says "the the" in its description'],
    ['a misspelled label', { label: 'User Id' }, 'spells "Id" in its label; it is ID'],
    [
      'a boolean default that is a text',
      { type: 'boolean', default: 'false' },
      'has the default "false", but type boolean'
    ],
    ['a fraction for a whole number', { type: 'integer', default: 1.5 }, 'has the default 1.5, but type integer'],
    ['a text default that is a number', { default: 5 }, 'has the default 5, but type string'],
    ['one default for several', { multiple: true, default: 'a' }, 'has the default "a", but takes several values'],
    ['several for one', { default: ['a'] }, 'has the default ["a"], but takes one value'],
    [
      'a default that is no choice',
      { choices: ['a', 'b'], default: 'c' },
      'has the default "c", which is not among its choices'
    ],
    ['a choice of another type', { choices: [{ value: 1, label: 'One' }] }, 'has a choice 1, but type string'],
    ['a choice twice', { choices: ['a', 'a'] }, 'offers "a" twice'],
    ['no choice', { choices: [] }, 'offers an empty list of choices'],
    ['a bound of zero', { type: 'number', minimum: 0 }, 'has minimum 0, which the framework ignores: check it in code'],
    [
      'a bound of a whole number',
      { type: 'integer', maximum: 9 },
      'has maximum 9, which the framework ignores: check it in code'
    ],
    [
      'a dependency on nothing',
      { depends_on: { conditions: [{ fieldKey: 'colour', operator: 'is', value: 'red' }] } },
      'depends on colour, which does not exist'
    ],
    ['live choices that nothing serves', { dynamic: true }, 'is dynamic, but nothing serves it']
  ])('find a field with %s', (_case, field, fault) => {
    expect(problemsOf(field)).toEqual([`${extra} ${fault}`])
  })

  it('look into objects', () => {
    expect(
      problemsOf({ type: 'object', properties: { side: { label: 'Side', type: 'number', default: 'x' } } })
    ).toEqual([
      `${extra}.properties.side has no description`,
      `${extra}.properties.side has the default "x", but type number`
    ])
  })

  it.each<[string, Partial<InputField>, string]>([
    ['batch_size', { type: 'string' }, 'must have type number, but has string'],
    ['batch_bytes', { type: 'integer' }, 'must have type number, but has integer'],
    [
      'batch_keys',
      { multiple: true, default: ['a'] },
      'must be a hidden list of strings with at most 3 field names by default'
    ]
  ])('find %s of the wrong kind', (key, field, fault) => {
    expect(problemsOf(field, key)).toEqual([`actions.send.fields.${key} ${fault}`])
  })

  it.each([
    ['api_key', true],
    ['apiKey', true],
    ['clientSecret', true],
    ['site_code', true],
    ['sitecode', false],
    ['siteCode', false],
    ['monkey', false],
    ['keyboard', false]
  ])('take a setting named %s for a secret: %s', (key, isSecret) => {
    const add = (type: 'string' | 'password') => (definition: Definition) => {
      Object.assign(definition.authentication?.fields ?? {}, { [key]: { label: 'Extra', description: 'More.', type } })
    }
    const fault = `authentication.fields.${key} is named like a secret, but has type string instead of password`
    expect(problemsAfter(add('string'))).toEqual(isSecret ? [fault] : [])
    expect(problemsAfter(add('password'))).toEqual([])
  })
})

describe('what breaks connections of customers', () => {
  const present = destinationMetadata(kameleoon)

  it('is nothing when nothing changes, or becomes optional', () => {
    expect(breaksOf(present, present)).toEqual([])
    const optional = structuredClone(present)
    optional.actions.logEvent.fields.type.required = false
    expect(breaksOf(present, optional)).toEqual([])
  })

  it.each<[string, (changed: typeof present) => unknown, string]>([
    [
      'another slug',
      (m) => (m.slug = 'actions-other'),
      'slug was "actions-kameleoon" and cannot become "actions-other"'
    ],
    ['another name', (m) => (m.name = 'Other'), 'name was "Kameleoon (Actions)" and cannot become "Other"'],
    [
      'an action gone',
      (m) => delete (m.actions as Partial<typeof m.actions>).pageEvent,
      'actions.pageEvent was there and cannot go: mappings use it'
    ],
    [
      'a required setting more',
      (m) => m.authentication && (m.authentication.fields.dataRegion.required = true),
      'authentication.fields.dataRegion is newly required: connections made before have no value for it'
    ],
    [
      'a field required under a condition',
      (m) => (m.actions.logEvent.fields.goalId.required = { conditions: [] }),
      'actions.logEvent.fields.goalId is newly required: connections made before have no value for it'
    ],
    [
      'a new required field',
      (m) => (m.actions.logEvent.fields.fresh = { ...m.actions.logEvent.fields.type }),
      'actions.logEvent.fields.fresh is newly required: connections made before have no value for it'
    ]
  ])('is %s', (_case, change, problem) => {
    const changed = structuredClone(present)
    change(changed)
    expect(breaksOf(present, changed).map(({ place, fault }) => `${place} ${fault}`)).toEqual([problem])
  })
})

describe('validate', () => {
  it('finds nothing wrong with this destination', async () => {
    expect(await command(['validate'])).toEqual({ code: 0, printed: 'ok Kameleoon (Actions): no problems\n', said: '' })
  })

  it('prints every problem and ends with 1', async () => {
    const broken = { ...kameleoon, description: undefined, name: 'Other' }
    expect(await command(['validate'], broken)).toEqual({
      code: 1,
      printed:
        'x the destination has no description\n' +
        'x name was "Kameleoon (Actions)" and cannot become "Other"\n\n2 problems.\n',
      said: ''
    })
  })

  it('compares with another metadata.json if told so', async () => {
    const folder = copiedFolder()
    const path = join(folder, 'other.json')
    const { actions } = destinationMetadata(kameleoon)
    writeFileSync(
      path,
      JSON.stringify({ ...destinationMetadata(kameleoon), actions: { ...actions, gone: { fields: {} } } })
    )
    const { code, printed } = await command(['validate', '--against', path])
    expect(code).toBe(1)
    expect(printed).toContain('actions.gone was there and cannot go')
  })

  it('ends with 2 when there is nothing to compare with', async () => {
    const { code, said } = await command(['validate', '--against', 'no-such-metadata.json'])
    expect(code).toBe(2)
    expect(said).toContain('no-such-metadata.json to compare with: write it with generate:metadata')
  })
})
