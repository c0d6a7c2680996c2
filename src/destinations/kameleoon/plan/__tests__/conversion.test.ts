import { InvalidFieldError } from '../../invalid-field'
import { conversion, goalOf } from '../conversion'
import { goalNames } from '../goal-names'

describe('the goal of an event', () => {
  it.each([
    ['track', 'Order Completed', 'SegmentIO track - Order Completed'],
    ['screen', 'Home', 'SegmentIO screen - Home'],
    ['page', 'Pricing', 'SegmentIO page - Pricing']
  ])('of a %s call "%s" is created with the name "%s"', (type, name, expected) => {
    expect(goalNames(type, name).created).toBe(expected)
  })

  it('is looked for by the plain name, by the name of the integration, and by that of an older help page', () => {
    expect(goalOf({}, 'track', 'Order Completed', 'event')).toEqual({
      kind: 'name',
      eventType: 'track',
      name: 'Order Completed',
      mayCreate: true
    })
    expect(goalNames('track', 'Order Completed')).toEqual({
      existing: ['Order Completed', 'SegmentIO track - Order Completed', 'Segment.io – Order Completed'],
      created: 'SegmentIO track - Order Completed'
    })
  })

  it.each([
    [undefined, true],
    ['match or create', true],
    ['match only', false]
  ])('with the matching "%s" may be created: %s', (goalMatching, mayCreate) => {
    expect(goalOf({ goalMatching }, 'track', 'Sign Up', 'event')).toMatchObject({ mayCreate })
  })

  it('is absent if the mapping wants no goal, even if it has one', () => {
    expect(goalOf({ goalMatching: 'none', goalId: '12' }, 'track', 'Sign Up', 'event')).toBeUndefined()
  })

  it.each([
    ['12', 12],
    [' 12 ', 12],
    ['0', 0],
    ['9007199254740991', 9007199254740991]
  ])('is the mapped one: %j is goal %d', (goalId, expected) => {
    expect(goalOf({ goalId }, 'track', 'Sign Up', 'event')).toEqual({ kind: 'id', goalId: expected })
  })

  it.each(['', '   '])('is found by name if the mapped goal id is %j', (goalId) => {
    expect(goalOf({ goalId }, 'track', 'Sign Up', 'event')).toMatchObject({ name: 'Sign Up' })
  })

  it.each([
    ['abc', 'the string "abc"'],
    ['1.5', 'the string "1.5"'],
    ['-3', 'the string "-3"'],
    ['-0', 'the string "-0"'],
    ['1e3', 'the string "1e3"'],
    ['007', 'the string "007"'],
    ['9007199254740993', 'the string "9007199254740993"'],
    ['Infinity', 'the string "Infinity"']
  ])('cannot be %j', (goalId, shown) => {
    expect(() => goalOf({ goalId }, 'track', 'Sign Up', 'event')).toThrow(
      new InvalidFieldError('goalId', `must be a whole number, but it is ${shown}.`)
    )
  })

  it('needs no event name if it is mapped', () => {
    expect(goalOf({ goalId: '12' }, 'track', undefined, 'event')).toEqual({ kind: 'id', goalId: 12 })
  })

  it.each([undefined, '', '  \n'])('cannot be found without a name (%j), and the error names the field', (name) => {
    expect(() => goalOf({}, 'page', name, 'name')).toThrow(
      'name is missing. Send a name, or choose a Goal in the mapping.'
    )
  })

  it('is found by the trimmed name', () => {
    expect(goalOf({}, 'track', '  Sign Up ', 'event')).toMatchObject({ name: 'Sign Up' })
  })

  it('may have a name in any script', () => {
    expect(goalOf({}, 'track', 'Achat terminé 🛒', 'event')).toMatchObject({ name: 'Achat terminé 🛒' })
  })

  it('cannot have half a character in its name', () => {
    expect(() => goalOf({}, 'track', 'Buy \ud83d', 'event')).toThrow('event is a string with half a Unicode character')
  })

  it('distinguishes conversions of one message by its number or its name', () => {
    const amount = { revenue: 0, negative: false }
    const named = { kind: 'name', eventType: 'track', name: 'Sign Up', mayCreate: true } as const
    expect(conversion({ kind: 'id', goalId: 12 }, amount, undefined).subject).toBe('#12')
    expect(conversion(named, amount, undefined).subject).toBe('Sign Up')
    expect(conversion(named, amount, { '4': 'gold' }).subject).toBe('Sign Up\n{"4":["gold"]}')
  })
})
