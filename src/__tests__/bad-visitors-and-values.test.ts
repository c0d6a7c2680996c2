import { group, identify, page, track, type Properties } from './events'
import { expectRejectedAlone, expectRejectedInBatch, type BadInput } from './rejections'

const MISSING_VISITOR =
  'kameleoonVisitorCode is missing. Put Kameleoon\'s visitor code into the event and map it to "Kameleoon Visitor Code", or send a userId that Kameleoon uses as visitor code too.'

const none = { kameleoonVisitorCode: undefined }
const long = 'x'.repeat(101)

const VISITORS: BadInput[] = [
  { what: 'no visitor code on a track call', event: track('Order Completed', none), message: MISSING_VISITOR },
  { what: 'no visitor code on a page call', event: page('Pricing', none), message: MISSING_VISITOR },
  { what: 'no visitor code on an identify call', event: identify({ ...none, a: 1 }), message: MISSING_VISITOR },
  { what: 'no visitor code on a group call', event: group('acme', none), message: MISSING_VISITOR },
  { what: 'an empty visitor code', event: track('A', { kameleoonVisitorCode: '' }), message: MISSING_VISITOR },
  { what: 'a blank visitor code', event: track('A', { kameleoonVisitorCode: ' \t ' }), message: MISSING_VISITOR },
  { what: 'a visitor code that is null', event: track('A', { kameleoonVisitorCode: null }), message: MISSING_VISITOR },
  {
    what: 'a visitor code of 101 characters',
    event: track('Order Completed', { kameleoonVisitorCode: long }),
    message: 'kameleoonVisitorCode has 101 characters; a Kameleoon visitor code has at most 100.'
  },
  {
    what: 'a user id of 101 characters for the visitor code',
    event: track('Order Completed', none, { userId: long }),
    message: 'userId has 101 characters; a Kameleoon visitor code has at most 100.'
  },
  ...['a\nb', 'a\rb', 'a\r\nb', 'a\u2028b'].map((kameleoonVisitorCode) => ({
    what: `a visitor code with a line break, ${JSON.stringify(kameleoonVisitorCode)}`,
    event: track('Order Completed', { kameleoonVisitorCode }),
    message: 'kameleoonVisitorCode is a string with a line break, which a Kameleoon visitor code cannot have.'
  })),
  {
    what: 'a visitor code with a lone surrogate',
    event: identify({ kameleoonVisitorCode: 'a\ud83d', plan: 'gold' }),
    message: 'kameleoonVisitorCode is a string with half a Unicode character (a lone surrogate).'
  },
  {
    what: 'a visitor code that is an object',
    event: track('Order Completed', { kameleoonVisitorCode: { id: 1 } }),
    message: 'Kameleoon Visitor Code must be a string but it was an object.'
  },
  {
    what: 'a classic visitor code that is an object',
    event: track('Order Completed', { ...none, k_visitorCode: { id: 1 } }),
    message: 'properties.k_visitorCode must be a string to be a visitor code, but it is an object.'
  },
  {
    what: 'a visitor code in context traits that is an array',
    event: track('Order Completed', none, { context: { traits: { k_visitorCode: ['a'] } } }),
    message: 'context.traits.k_visitorCode must be a string to be a visitor code, but it is an array.'
  },
  {
    what: 'a visitor code too long for a key',
    event: identify({ kameleoonVisitorCode: 'x'.repeat(92), plan: 'gold' }),
    message: 'kameleoonVisitorCode has 92 characters; stored as IDENTIFY_… it can have 91 at most.'
  },
  {
    what: 'a user id too long for a key',
    event: identify({ plan: 'gold' }, { userId: 'x'.repeat(92) }),
    message: 'userId has 92 characters; stored as IDENTIFY_… it can have 91 at most.'
  }
]

const revenue = (value: unknown) => track('Order Completed', { revenue: value })
const NO_AMOUNT = 'must be a number or an amount such as 12.50, but it is'
const unreadable = (text: string) => `revenue ${NO_AMOUNT} the string "${text}".`

const AMOUNTS: BadInput[] = [
  ...['lots', 'N/A', 'free', '0x1F', '١٢', '12.5.0', '1,2,3', 'Infinity', '-Infinity', '1e400', '€'].map((text) => ({
    what: `revenue ${text}`,
    event: revenue(text),
    message: unreadable(text)
  })),
  { what: 'Infinity as a number', event: revenue(Infinity), message: unreadable('Infinity') },
  {
    what: 'revenue in two readings',
    event: revenue('1,299'),
    message: 'revenue is the string "1,299", which can be read as 1299 and as 1.299. Send a number.'
  },
  {
    what: 'a total in two readings',
    event: track('Order Completed', { total: '€ 1.299' }),
    message: 'properties.total is the string "€ 1.299", which can be read as 1299 and as 1.299. Send a number.'
  },
  { what: 'revenue that is an object', event: revenue({}), message: 'Revenue must be a string but it was an object.' },
  { what: 'revenue that is a list', event: revenue([1, 2]), message: 'Revenue must be a string but it was an array.' }
]

const mapped = (field: string, value: unknown, reason: string): BadInput => ({
  what: `${field} from ${JSON.stringify(value)}`,
  event: track('Order Completed', { value }),
  mapping: { [field]: { '@path': '$.properties.value' } },
  message: reason
})

const notWhole = (field: string, shown: string) => `${field} must be a whole number, but it is ${shown}.`

const NUMBERS: BadInput[] = [
  ...['1.5', 'abc', '-3', '1e3', '0x10', '007', '9007199254740993'].map((id) =>
    mapped('goalId', id, notWhole('goalId', `the string "${id}"`))
  ),
  mapped('goalId', 2.5, notWhole('goalId', 'the string "2.5"')),
  mapped('goalId', {}, 'Goal must be a string but it was an object.'),
  ...['plan', '1.5', '-1', ' '].flatMap((index) =>
    ['customData', 'conversionMetadata'].map((field) =>
      mapped(field, { [index]: 'x' }, notWhole(`${field} index`, `the string "${index}"`))
    )
  ),
  mapped('customData', { '': 'x' }, notWhole('customData index', 'an empty string')),
  ...['customData', 'conversionMetadata'].flatMap((field) => [
    mapped(
      field,
      { 1: {} },
      `${field}.1 must be a string, a number, a boolean or a list of them, but it is an object.`
    ),
    mapped(
      field,
      { 1: ['a', [1]] },
      `${field}.1 must be a string, a number, a boolean or a list of them, but it is an array.`
    ),
    mapped(field, { 1: '\udc00' }, `${field}.1 is a string with half a Unicode character (a lone surrogate).`)
  ]),
  mapped('customData', 'gold', 'Custom Data must be an object but it was a string.'),
  mapped('maxEventAgeHours', -1, 'maxEventAgeHours must be above 0, but it is the number -1.')
]

const parameters = (value: Properties, reason: string): BadInput => {
  const { event, what } = mapped('visitEventParameters', value, reason)
  const fromEvent = { '@path': '$.properties.value' }
  const mapping = { visitEventType: 'ACTIVITY', visitEventParameters: fromEvent }
  return { what, event, mapping, message: reason }
}

const PARAMETERS: BadInput[] = [
  parameters({ nonce: 'x' }, 'visitEventParameters.nonce is set by the destination. Remove it.'),
  parameters({ visitorCode: 'x' }, 'visitEventParameters.visitorCode is set by the destination. Remove it.')
]

describe.each([...VISITORS, ...AMOUNTS, ...NUMBERS, ...PARAMETERS])('$what', (input) => {
  it('rejects that event of a batch, with field and kind named, and delivers its neighbours', () =>
    expectRejectedInBatch(input))

  it('rejects that event alone, with the same words', () => expectRejectedAlone(input))
})

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** Values that the framework converts to a number or a string before an action sees them. */
const COERCED_AMOUNTS = ['revenue', 'total'].flatMap((name) =>
  [true, false, [5], ['5']].map((value): BadInput => ({
    what: `properties.${name} ${JSON.stringify(value)}`,
    event: track('Order Completed', { [name]: value }),
    message: `properties.${name} ${NO_AMOUNT} ${kindOf(value)}.`
  }))
)

const CODES = ['kameleoonVisitorCode', 'k_visitorCode'].flatMap((name): BadInput[] => {
  const code = { kameleoonVisitorCode: undefined, [name]: ['a'] }
  const message = `properties.${name} must be a string to be a visitor code, but it is an array.`
  return [
    { what: `${name} that is a list on a track call`, event: track('Order Completed', code), message },
    { what: `${name} that is a list on a page call`, event: page('Pricing', code), message },
    { what: `${name} that is a list on an identify call`, event: identify({ ...code, plan: 'gold' }), message },
    { what: `${name} that is a list on a group call`, event: group('acme', code), message }
  ]
})

const placeholder = (place: string, text: string) => `Placeholders count as absent: ${place} is "${text}".`

/** Broken tracking sends these in place of an id: they count as absent, and the message says where they are. */
const PLACEHOLDERS = [true, 'undefined', ' NULL ', '{{ visitor.code }}'].map((k_visitorCode): BadInput => ({
  what: `a visitor code ${JSON.stringify(k_visitorCode)}`,
  event: track('Order Completed', { ...none, k_visitorCode }),
  message: MISSING_VISITOR.replace('. ', `. ${placeholder('properties.k_visitorCode', String(k_visitorCode).trim())} `)
}))

const PLACEHOLDER_USERS = ['null', 'guest', '0'].map((userId): BadInput => ({
  what: `a user id ${JSON.stringify(userId)} in place of a visitor code`,
  event: identify({ ...none, plan: 'gold' }, { userId, anonymousId: undefined }),
  message: MISSING_VISITOR.replace('. ', `. ${placeholder('userId', userId)} `)
}))

const AUDIENCES = [5, true, {}, ['vip']].map((key): BadInput => ({
  what: `audience_key ${JSON.stringify(key)}`,
  event: track('Audience Entered', { audience_key: key }),
  message: `properties.audience_key must be a string, but it is ${kindOf(key)}: "Audience Entered" does not say which audience is meant.`
}))

describe.each([...COERCED_AMOUNTS, ...CODES, ...PLACEHOLDERS, ...PLACEHOLDER_USERS, ...AUDIENCES])('$what', (input) => {
  it('rejects that event of a batch, with field and kind named, and delivers its neighbours', () =>
    expectRejectedInBatch(input))

  it('rejects that event alone, with the same words', () => expectRejectedAlone(input))
})
