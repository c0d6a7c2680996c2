import { EVENT_TYPES, fieldsOf, type EventType } from '../destinations/kameleoon/kameleoon-api/wire'
import { EVENT_TYPES as EMULATED, fieldsOf as emulatedFieldsOf } from '../emulator/events/event-types'
import { kindNamed } from '../emulator/events/kinds'

/*
 * The destination and the emulator each have a table of Kameleoon's events, so that the emulator can disagree. This test
 * asks both about every field, and lists where they differ. Any other difference is a mistake in one of the tables.
 */

/** Values of every kind that a field may get, good and bad ones. */
const VALUES: unknown[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  1.5,
  -1.5,
  Number.MAX_SAFE_INTEGER,
  2 ** 53,
  '',
  ' ',
  'text',
  'PHONE',
  'phone',
  'x'.repeat(250),
  [],
  [1],
  [-1],
  [1.5],
  [null],
  [null, 3],
  ['text'],
  {},
  { text: 1 },
  { text: 0 },
  { text: -1 },
  { text: 1.5 },
  { text: 'text' },
  { ['x'.repeat(1001)]: 1 },
  { 1: ['text'] },
  { 1: [] },
  { 1: [1] },
  { 1: 'text' },
  { '01': ['text'] },
  { index: ['text'] }
]

/** Fields about which the two differ, and why that is right. */
const INTENDED: Record<string, string> = {
  'PAGE.title: only the emulator takes ""': 'an empty title loses nothing, so Kameleoon need not discard it',
  'PAGE.title: only the emulator takes " "': 'as above',
  'CUSTOMDATA.valuesCountMap: only the emulator takes {}':
    'it clears custom data, for which mappings have the field Custom Data; as a parameter it is most often a mistake',
  [`CUSTOMDATA.valuesCountMap: only the emulator takes ${JSON.stringify({ ['x'.repeat(1001)]: 1 }).slice(0, 40)}`]:
    "only Kameleoon's browser script limits the length; no page says that the Data API discards longer values"
}

/** Whether each table takes a value, for every value on which they disagree. */
function differences(eventType: EventType): string[] {
  const emulated = emulatedFieldsOf(eventType)
  return fieldsOf(eventType).flatMap(([name, { kind }]) => {
    const other = emulated.get(name)
    if (!other) return [`${eventType}.${name} is unknown to the emulator`]
    return VALUES.filter((value) => (kind.read(value) !== undefined) !== kindNamed(other.kind).accepts(value)).map(
      (value) =>
        `${eventType}.${name}: ${kind.read(value) === undefined ? 'only the emulator' : 'only the destination'} takes ${JSON.stringify(value).slice(0, 40)}`
    )
  })
}

describe('the tables of events of the destination and the emulator', () => {
  it('have the same event types', () => {
    expect(Object.keys(EMULATED).sort()).toEqual([...EVENT_TYPES].sort())
  })

  it.each(EVENT_TYPES)('have the same fields of %s, and require the same', (eventType) => {
    const ours = fieldsOf(eventType).map(([name, { isRequired }]) => [name, isRequired])
    const emulated = [...emulatedFieldsOf(eventType)].map(([name, { required }]) => [name, required === true])
    expect(ours.sort()).toEqual(emulated.sort())
  })

  it.each(EVENT_TYPES)(
    'take the same values for the fields of %s, except where a difference is intended',
    (eventType) => {
      const intended = Object.keys(INTENDED).filter((difference) => difference.startsWith(`${eventType}.`))
      expect(differences(eventType).sort()).toEqual(intended.sort())
    }
  )
})
