import { filteredByIntegrations } from '..'

const kameleoon = { name: 'Kameleoon (Actions)', slug: 'actions-kameleoon' }

const filtered = (event: Record<string, unknown>): string | null => filteredByIntegrations(event, kameleoon)
const reason = (name: string): string =>
  `The event's integrations object turns this destination off: "${name}" is false`

const NAMES = ['Kameleoon (Actions)', 'Actions Kameleoon', 'actions-kameleoon', 'Kameleoon']

describe('an event is filtered by its integrations object', () => {
  it.each(NAMES.flatMap((name) => [name, name.toUpperCase(), name.toLowerCase(), ` ${name} `]))('under %p', (name) => {
    expect(filtered({ integrations: { [name]: false } })).toBe(reason(name))
    expect(filtered({ integrations: { All: true, [name]: false } })).toBe(reason(name))
  })

  it.each(['All', 'all', 'ALL'])('under %s', (name) => {
    expect(filtered({ integrations: { [name]: false } })).toBe(reason(name))
  })

  it.each(['false', ' False '])('with the text %p in place of the value', (value) => {
    expect(filtered({ integrations: { All: value } })).toBe(reason('All'))
    expect(filtered({ integrations: { Kameleoon: value } })).toBe(reason('Kameleoon'))
  })

  it('in the options of old libraries', () => {
    expect(filtered({ options: { integrations: { All: false } } })).toBe(reason('All'))
  })

  it('with an entry of null that says nothing beside All', () => {
    expect(filtered({ integrations: { All: false, Kameleoon: null } })).toBe(reason('All'))
  })
})

describe('an event is not filtered', () => {
  it.each(NAMES.flatMap((name) => [name, name.toUpperCase()]))('under %p against all others', (name) => {
    expect(filtered({ integrations: { All: false, [name]: true } })).toBeNull()
    expect(filtered({ integrations: { all: false, [name]: { sessionId: 1 } } })).toBeNull()
  })

  it.each<[string, unknown]>([
    ['without integrations', undefined],
    ['with null', null],
    ['with a list', []],
    ['with a list of false', [false]],
    ['with text', 'false'],
    ['with none named', {}],
    ['with all on', { All: true }],
    ['with another one off', { Amplitude: false }],
    ['with a longer name off', { 'Kameleoon Classic': false }],
    ['with 0 in place of false', { All: 0 }],
    ['with null in place of false', { All: null }]
  ])('%s', (_how, integrations) => {
    expect(filtered({ integrations })).toBeNull()
    expect(filtered({ options: { integrations } })).toBeNull()
  })

  it.each([null, [], 'none', { integrations: null }])('by options of %p', (options) => {
    expect(filtered({ options })).toBeNull()
  })

  it('by the name of the classic integration, when its own name is on', () => {
    expect(filtered({ integrations: { Kameleoon: false, 'Kameleoon (Actions)': true } })).toBeNull()
  })
})

it('a destination without a slug and without an addition has its name', () => {
  expect(filteredByIntegrations({ integrations: { small: false } }, { name: 'Small' })).toBe(reason('small'))
  expect(filteredByIntegrations({ integrations: { undefined: false } }, { name: 'Small' })).toBeNull()
})
