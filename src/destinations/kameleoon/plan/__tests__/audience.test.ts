import * as audience from '../audience'
import { eventKindOf } from '../event-names'
import type { Visitor } from '../../visitor'

const { audienceWrites } = audience

const audienceChange = (fields: audience.ComputationFields) =>
  audience.audienceChange(fields, eventKindOf(fields.event))

const computedTrait = (fields: audience.ComputationFields) => audience.computedTrait(fields, eventKindOf(fields.event))

const KEY = 'properties.audience_key'
const COMPUTATION = 'context.personas.computation_key'

const options = { ttlHours: 2208, keepsExisting: true }

/** What Segment Engage puts beside an audience membership. */
const personas = (computation_key: string, computation_class = 'audience') => ({
  personas: { computation_class, computation_key, computation_id: 'aud_fake', namespace: 'spa_fake' }
})

describe('the audience change in an event', () => {
  it.each([
    [
      'Audience Entered',
      { event: 'Audience Entered', properties: { audience_key: 'first_purchase', first_purchase: true } },
      { audience: 'first_purchase', field: KEY, isMember: true }
    ],
    [
      'Audience Exited',
      { event: 'Audience Exited', properties: { audience_key: 'first_purchase', first_purchase: false } },
      { audience: 'first_purchase', field: KEY, isMember: false }
    ],
    [
      'Audience Entered with only the key',
      { event: 'Audience Entered', properties: { audience_key: 'first_purchase' } },
      { audience: 'first_purchase', field: KEY, isMember: true }
    ],
    [
      'Audience Entered whose key is only in the context',
      { event: 'Audience Entered', properties: {}, context: personas('first_purchase') },
      { audience: 'first_purchase', field: COMPUTATION, isMember: true }
    ],
    [
      'an identify call with a membership',
      { properties: { order_completed_last_30days: true }, context: personas('order_completed_last_30days') },
      { audience: 'order_completed_last_30days', field: COMPUTATION, isMember: true }
    ],
    [
      'an identify call that ends a membership',
      { properties: { order_completed_last_30days: false }, context: personas('order_completed_last_30days') },
      { audience: 'order_completed_last_30days', field: COMPUTATION, isMember: false }
    ],
    [
      'a journey step that names an audience',
      { event: 'Journeys Step Entered', properties: { step_1: true }, context: personas('step_1', 'journey_step') },
      { audience: 'step_1', field: COMPUTATION, isMember: true }
    ],
    [
      'a journey step without a boolean',
      { event: 'Journeys Step Entered', properties: {}, context: personas('step_1', 'journey_step') },
      { audience: 'step_1', field: COMPUTATION, isMember: true }
    ],
    [
      'Audience Entered with a space at the end and the membership as text',
      { event: 'Audience Entered ', properties: { audience_key: 'vip', vip: 'true' } },
      { audience: 'vip', field: KEY, isMember: true }
    ],
    [
      'an audience event with a name of its own',
      { event: 'VIP list changed', properties: { audience_key: 'vip', vip: 'false' } },
      { audience: 'vip', field: KEY, isMember: false }
    ],
    [
      'Audience Entered of a journey, which names the audience by its property alone',
      { event: 'Audience Entered', properties: { j_o_trial__opened_mail: 'true', email: 'a@example.com' } },
      { audience: 'j_o_trial__opened_mail', field: 'properties.j_o_trial__opened_mail', isMember: true }
    ],
    [
      'an identify or group call with the membership as text',
      { properties: { vip: ' False ' }, context: personas('vip') },
      { audience: 'vip', field: COMPUTATION, isMember: false }
    ]
  ])('%s', (_case, fields, expected) => {
    expect(audienceChange(fields)).toEqual(expected)
  })

  it('cannot be told where two properties may be the audience', () => {
    expect(() => audienceChange({ event: 'Audience Entered', properties: { vip: true, beta: true } })).toThrow(
      'properties.audience_key is missing: "Audience Entered" does not say which audience is meant.'
    )
  })

  it.each([
    ['an ordinary track call', { event: 'Order Completed', properties: { revenue: 1 } }],
    ['an ordinary identify call', { properties: { plan: 'pro', is_admin: true } }],
    ['a computed trait', { properties: { lifetime_value: 10 }, context: personas('lifetime_value', 'computed_trait') }],
    ['a computation without a boolean', { properties: { vip: 'yes' }, context: personas('vip') }],
    ['an identify call that only has a trait audience_key', { properties: { audience_key: 'x', x: true } }],
    ['a journey step that names no audience', { event: 'Journeys Step Entered', properties: { journey_id: 'j' } }],
    ['a property of every object', { properties: {}, context: personas('constructor') }],
    ['a context that is no object', { properties: {}, context: { personas: 'x' } }],
    ['an empty event', {}]
  ])('is absent for %s', (_case, fields) => {
    expect(audienceChange(fields)).toBeUndefined()
  })

  it('cannot be told where audience_key itself is true', () => {
    expect(() => audienceChange({ event: 'Audience Entered', properties: { audience_key: true } })).toThrow(
      'properties.audience_key must be a string, but it is a boolean'
    )
  })

  it.each(['Audience Entered', 'Audience Exited'])('%s without an audience is rejected', (event) => {
    expect(() => audienceChange({ event, properties: { audience_key: ' ' } })).toThrow(
      `properties.audience_key must be a string, but it is an empty string: "${event}" does not say which audience is meant.`
    )
  })
})

describe('a computed trait in a track call', () => {
  it.each([
    [
      'named by the computation',
      { event: 'Trait Computed', properties: { trait_key: 'x', logins: 7 }, context: personas('logins', 'trait') },
      { logins: 7 }
    ],
    [
      'named by the event',
      { event: 'Trait Computed ', properties: { trait_key: 'revenue', revenue: 12 } },
      { revenue: 12 }
    ],
    [
      'in an event with a name of its own',
      { event: 'LTV', properties: { ltv: 450 }, context: personas('ltv', 'trait') },
      { ltv: 450 }
    ],
    ['without a value, which removes it', { event: 'Trait Computed', properties: { trait_key: 'ltv' } }, { ltv: null }]
  ])('is the trait %s', (_case, fields, expected) => {
    expect(computedTrait(fields)).toEqual(expected)
  })

  it.each([
    ['an ordinary track call', { event: 'Order Completed', properties: { trait_key: 'x', x: 1 } }],
    ['an audience', { event: 'Audience Entered', properties: { vip: true }, context: personas('vip') }]
  ])('is absent in %s', (_case, fields) => {
    expect(computedTrait(fields)).toBeUndefined()
  })

  it('cannot be nameless', () => {
    expect(() => computedTrait({ event: 'Trait Computed', properties: { x: 1 } })).toThrow(
      'properties.trait_key is missing'
    )
  })
})

describe('what is stored for an audience change', () => {
  const visitor: Visitor = {
    kind: 'visitor',
    visitorCode: 'visitor-1',
    identifiedBy: 'visitor code',
    ids: {},
    notes: []
  }

  it('is true under the audience key while the user is in it, for the visitor code and the user id', () => {
    const fields = { first_purchase: true }
    expect(
      audienceWrites(
        { audience: 'first_purchase', field: KEY, isMember: true },
        { ...visitor, ids: { userId: 'user-1' } },
        options
      )
    ).toEqual([
      { key: 'COHORTS_visitor-1', fields, ttlHours: 2208, keepsExisting: true },
      { key: 'COHORTS_user-1', fields, ttlHours: 2208, keepsExisting: true }
    ])
  })

  it('is null once the user has left, which counts as absent', () => {
    const [write] = audienceWrites({ audience: 'first_purchase', field: KEY, isMember: false }, visitor, options)
    expect(write).toEqual({
      key: 'COHORTS_visitor-1',
      fields: { first_purchase: null },
      ttlHours: 2208,
      keepsExisting: true
    })
  })

  it('keeps the other audiences even if the mapping replaces traits', () => {
    const replacing = { ttlHours: 48, keepsExisting: false }
    expect(audienceWrites({ audience: 'a', field: KEY, isMember: true }, visitor, replacing)).toMatchObject([
      { keepsExisting: true, ttlHours: 48 }
    ])
  })

  it('is stored once if the visitor code is the user id', () => {
    const same: Visitor = {
      kind: 'visitor',
      visitorCode: 'user-1',
      identifiedBy: 'user id',
      ids: { userId: 'user-1' },
      notes: []
    }
    const writes = audienceWrites({ audience: 'a', field: KEY, isMember: true }, same, options)
    expect(writes.map(({ key }) => key)).toEqual(['COHORTS_user-1'])
  })

  it('cannot have a key longer than 1,024 characters', () => {
    expect(() => audienceWrites({ audience: 'a'.repeat(1025), field: KEY, isMember: true }, visitor, options)).toThrow(
      'is a name of 1025 characters; Kameleoon takes 1024 at most.'
    )
  })

  it('cannot have half a character in its key', () => {
    expect(() => audienceWrites({ audience: 'half \ud800', field: KEY, isMember: true }, visitor, options)).toThrow(
      'half a Unicode character'
    )
  })

  it('cannot have the key __proto__, which is never stored', () => {
    expect(() => audienceWrites({ audience: '__proto__', field: KEY, isMember: true }, visitor, options)).toThrow(
      '__proto__'
    )
  })
})
