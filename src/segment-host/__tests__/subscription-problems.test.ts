import { smallDestination } from './small-destination'
import { subscriptionProblems } from '..'

const { definition } = smallDestination()
const good = {
  name: 'Orders',
  partnerAction: 'take',
  subscribe: 'type = "track"',
  enabled: true,
  mapping: { id: { '@path': '$.messageId' } }
}

const fields = (changes: object): string[] =>
  subscriptionProblems({ ...good, ...changes }, definition).map(({ field }) => field)

describe('problems of an entry', () => {
  it('are none for a complete entry, and for one without optional members', () => {
    expect(subscriptionProblems(good, definition)).toEqual([])
    expect(subscriptionProblems({ ...good, id: 'orders', extra: 1 }, definition)).toEqual([])
    expect(subscriptionProblems({ partnerAction: 'take', subscribe: 'type = "page"' }, definition)).toEqual([])
  })

  it('are all returned at once, each with its field', () => {
    expect(
      subscriptionProblems(
        {
          name: 5,
          partnerAction: 'give',
          subscribe: 'type =',
          enabled: 'yes',
          mapping: { data: { '@nope': 1 } }
        },
        definition
      )
    ).toEqual([
      { field: 'enabled', message: '"enabled" must be true or false, got a value of type string' },
      { field: 'name', message: '"name" must be text, got a value of type number' },
      { field: 'partnerAction', message: 'unknown partnerAction "give"; there are take' },
      {
        field: 'subscribe',
        message: expect.stringContaining('cannot parse "subscribe": type = (it ends after') as string
      },
      { field: 'mapping.data', message: '"mapping" is not valid: /data has an invalid directive: @nope.' }
    ])
  })

  it.each([
    [{ mapping: { id: 'a', ident: 1, other: 2 } }, ['mapping.ident', 'mapping.other']],
    [{ mapping: {} }, ['mapping.id']],
    [{ mapping: { id: '' } }, ['mapping.id']],
    [{ mapping: { id: null } }, ['mapping.id']],
    [{ mapping: { id: { '@if': { exists: 1, then: { '@path': 5 } } } } }, ['mapping.id']],
    [{ mapping: 'x' }, ['mapping']],
    [{ mapping: { id: 'a', __segment_internal_sync_mode: 'add' } }, []],
    [{ partnerAction: 'constructor' }, ['partnerAction']],
    [{ id: 7 }, ['id']]
  ])('of %j stand at %j', (changes, expected) => {
    expect(fields(changes)).toEqual(expected)
  })
})
