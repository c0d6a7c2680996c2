import { filteredByIntegrations } from '..'

const DESTINATION = 'Kameleoon (Actions)'

describe('an event is filtered by its integrations object', () => {
  it.each([
    ['by name', { [DESTINATION]: false }, DESTINATION],
    ['with all others', { All: false }, 'All'],
    ['by name, though all others are on', { All: true, [DESTINATION]: false }, DESTINATION]
  ])('%s', (_how, integrations, name) => {
    expect(filteredByIntegrations({ integrations }, DESTINATION)).toBe(
      `The event's integrations object turns this destination off: "${name}" is false`
    )
  })

  it.each([
    ['without integrations', undefined],
    ['with null', null],
    ['with none named', {}],
    ['with another one off', { Amplitude: false }],
    ['by name, against all others', { All: false, [DESTINATION]: true }],
    ['with options in place of true', { All: false, [DESTINATION]: { sessionId: 1 } }],
    ['with a name in other letters', { 'kameleoon (actions)': false }]
  ])('is not filtered %s', (_how, integrations) => {
    expect(filteredByIntegrations({ integrations }, DESTINATION)).toBeNull()
  })
})
