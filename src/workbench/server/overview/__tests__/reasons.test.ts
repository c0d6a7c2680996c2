import { ReasonGroups, type EventReason } from '../reason-groups'
import { commonPart, patternOf } from '../reason-pattern'

const failed = (reason: string): EventReason => ({
  ...{ kind: 'rejected', reason },
  mapping: { id: 'track-calls', name: 'Track Calls' }
})

function groupsOf(reasons: EventReason[]): ReasonGroups {
  const groups = new ReasonGroups()
  reasons.forEach((reason, index) => groups.add(groups.keyOf(reason), reason, exampleOf(index + 1)))
  return groups
}

const exampleOf = (number: number) => ({
  ...{ id: `event-${number}`, number, type: 'track', name: 'Order Completed' },
  receivedAt: '2026-01-31T12:00:00.000Z'
})

describe('the pattern of a reason', () => {
  it.each([
    ['revenue is the string "a lot".', 'revenue is the string "very much".'],
    ['Kameleoon answered 500: busy', 'Kameleoon answered 503: busy'],
    ['The goal 310001 does not exist', 'The goal 42 does not exist'],
    ['Event 3f2b-11aa of user-7 is too large', 'Event 9c0d-22bb of user-12345 is too large']
  ])('is the same for "%s" and "%s"', (one, other) => {
    expect(patternOf(one)).toBe(patternOf(other))
  })

  it('differs where the words differ', () => {
    expect(patternOf('revenue is the string "a"')).not.toBe(patternOf('goalId is the string "a"'))
  })

  it('is made quickly for a very long reason', () => {
    expect(patternOf('a'.repeat(5_000_000)).length).toBeLessThanOrEqual(300)
  })
})

describe('the part that all reasons of a group contain', () => {
  it.each([
    ['revenue must be a number, but it is the string "a lot".', 'revenue must be a number, but it is the string'],
    ['Kameleoon answered 500: the service is busy', 'the service is busy'],
    ['"a" 1 "b"', null]
  ])('of "%s" is "%s"', (reason, part) => {
    expect(commonPart(reason)).toBe(part)
  })

  it('is at most 80 characters long and ends with a whole word', () => {
    const words = 'mapping '.repeat(30).trim()
    expect(commonPart(words)).toBe('mapping '.repeat(10).trim())
  })
})

describe('groups of reasons', () => {
  it('are counted with the latest reason and the latest event, most first', () => {
    const list = groupsOf([
      failed('revenue is the string "a lot".'),
      failed('kameleoonVisitorCode is missing.'),
      failed('revenue is the string "much".')
    ]).list()
    expect(list).toMatchObject([
      { kind: 'rejected', count: 2, reason: 'revenue is the string "much".', example: { id: 'event-3', number: 3 } },
      { kind: 'rejected', count: 1, example: { id: 'event-2' }, mapping: { id: 'track-calls', name: 'Track Calls' } }
    ])
    expect(list[0].query).toBe('status:failed "revenue is the string"')
  })

  it('are apart for failed, discarded, retried and filtered events, each with its own search', () => {
    const kinds = ['rejected', 'discarded', 'retrying', 'filtered'] as const
    const list = groupsOf(kinds.map((kind) => ({ ...failed('The goal is not known'), kind }))).list()
    expect(list.map(({ kind, query }) => [kind, query])).toEqual([
      ['rejected', 'status:failed "The goal is not known"'],
      ['discarded', 'status:discarded'],
      ['retrying', 'status:retrying "The goal is not known"'],
      ['filtered', 'status:filtered "The goal is not known"']
    ])
  })

  it('lose an event that is taken back, and show the latest of those that are left', () => {
    const reason = failed('Kameleoon answered 500')
    const groups = groupsOf([reason, reason])
    const key = groups.keyOf(reason)
    groups.remove(key, 'event-2')
    expect(groups.list()).toMatchObject([{ count: 1, example: { id: 'event-1' } }])
    groups.remove(key, 'event-1')
    expect(groups.list()).toEqual([])
  })

  it('are bounded: reasons beyond a hundred groups are counted together', () => {
    const words = Array.from({ length: 130 }, (_, index) => 'abcdefghij'[index % 10].repeat(1 + Math.floor(index / 10)))
    const list = groupsOf(words.map((word) => failed(`${word} is missing`))).list()
    expect(list).toHaveLength(101)
    expect(list[0]).toMatchObject({ reason: 'Other reasons', count: 30, mapping: null, query: 'status:failed' })
  })
})
