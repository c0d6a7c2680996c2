import { heldBack } from '../held-back'

const DESTINATION = 'Kameleoon (Actions)'

describe('an event is held back from a destination', () => {
  it.each([
    ['by name', { [DESTINATION]: false }, DESTINATION],
    ['with all others', { All: false }, 'All'],
    ['by name, whatever holds for the others', { All: true, [DESTINATION]: false }, DESTINATION]
  ])('%s', (_how, integrations, name) => {
    expect(heldBack({ integrations }, DESTINATION)).toBe(`Its integrations keep it from here: "${name}" is false`)
  })

  it.each([
    ['without integrations', undefined],
    ['with null', null],
    ['with none named', {}],
    ['with another one off', { Amplitude: false }],
    ['by name, against all others', { All: false, [DESTINATION]: true }],
    ['with options in place of true', { All: false, [DESTINATION]: { sessionId: 1 } }],
    ['with a name in other letters', { 'kameleoon (actions)': false }]
  ])('not %s', (_how, integrations) => {
    expect(heldBack({ integrations }, DESTINATION)).toBeNull()
  })
})
