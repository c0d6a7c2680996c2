import type { DestinationDefinition, InputField } from '@segment/actions-core'
import official from '@segment/action-destinations/dist/destinations/kameleoon'
import { generateTestData as segmentsOwn } from '@segment/action-destinations/dist/lib/test-data'
import kameleoon from '../../destinations/kameleoon'
import { generateTestData } from '../test-data'

const field = (rest: Partial<InputField> & Pick<InputField, 'type'>): InputField => ({
  label: 'Field',
  description: 'A field.',
  ...rest
})

/** One field of every kind that the generator handles differently. */
const fields: Record<string, InputField> = {
  text: field({ type: 'text', required: true }),
  plain: field({ type: 'string' }),
  secret: field({ type: 'password' }),
  whole: field({ type: 'integer' }),
  wholeInRange: field({ type: 'integer', minimum: 3, maximum: 9 }),
  amount: field({ type: 'number' }),
  amountFrom: field({ type: 'number', minimum: 0 }),
  flag: field({ type: 'boolean' }),
  when: field({ type: 'datetime' }),
  list: field({ type: 'string', multiple: true }),
  plainChoices: field({ type: 'string', choices: ['a', 'b', 'c'] }),
  choices: field({ type: 'string', choices: [{ value: 'x', label: 'X' }] }),
  zeroChoice: field({ type: 'number', choices: [{ value: 0, label: 'None' }] }),
  anything: field({ type: 'object' }),
  nested: field({
    type: 'object',
    required: { conditions: [{ fieldKey: 'plain', operator: 'is', value: 'x' }] },
    properties: {
      email: field({ type: 'string', required: true }),
      tags: field({ type: 'string', multiple: true }),
      many: field({ type: 'object' })
    }
  }),
  several: field({ type: 'object', multiple: true, properties: { id: field({ type: 'string' }) } }),
  consent: field({ type: 'object' }),
  user_id: field({ type: 'string' }),
  email: field({ type: 'string', format: 'email' }),
  currency: field({ type: 'string' }),
  phone_number: field({ type: 'string' }),
  date: field({ type: 'string', format: 'date' }),
  time: field({ type: 'string', format: 'time' }),
  dateTime: field({ type: 'string', format: 'date-time' }),
  host: field({ type: 'string', format: 'hostname' }),
  ipv4: field({ type: 'string', format: 'ipv4' }),
  ipv6: field({ type: 'string', format: 'ipv6' }),
  uri: field({ type: 'string', format: 'uri' }),
  uuid: field({ type: 'string', format: 'uuid' }),
  regex: field({ type: 'string', format: 'regex' })
}

const everything: DestinationDefinition = {
  name: 'Everything',
  mode: 'cloud',
  authentication: {
    scheme: 'custom',
    fields: {
      key: { label: 'Key', description: 'A key.', type: 'password' },
      size: { label: 'Size', description: 'A size.', type: 'number', minimum: 1, maximum: 2 },
      place: { label: 'Place', description: 'A place.', type: 'string', choices: [{ value: 'here', label: 'Here' }] }
    }
  },
  actions: { all: { title: 'All', description: 'All fields.', fields, perform: () => undefined } }
}

const destinations: [string, DestinationDefinition][] = [
  ['one with a field of every kind', everything],
  ['the official Kameleoon destination', official as unknown as DestinationDefinition],
  ['ours', kameleoon as unknown as DestinationDefinition]
]

describe.each(destinations)('for %s', (_name, destination) => {
  describe.each(Object.entries(destination.actions))('and its action %s', (key, action) => {
    it.each([false, true])("gives exactly what Segment's own gives (required only: %s)", (isRequiredOnly) => {
      for (let round = 0; round < 5; round++) {
        const seed = `${destination.slug}#${key}#${round}`
        expect(generateTestData(seed, destination, action, isRequiredOnly)).toEqual(
          segmentsOwn(seed, destination, action, isRequiredOnly)
        )
      }
    })
  })
})

it('gives the same values for the same seed and others for another', () => {
  const [first] = generateTestData('a#b', everything, everything.actions.all, false)
  expect(generateTestData('a#b', everything, everything.actions.all, false)[0]).toEqual(first)
  expect(generateTestData('a#c', everything, everything.actions.all, false)[0]).not.toEqual(first)
})

it('leaves out what is not required, but keeps identifiers and consent', () => {
  const [payload] = generateTestData('a#b', everything, everything.actions.all, true)
  expect(Object.keys(payload)).toEqual(['text', 'nested', 'consent', 'user_id', 'uuid'])
  expect(Object.keys(Object(payload.nested) as object)).toEqual(['email'])
})
