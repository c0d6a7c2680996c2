import { filtered, planOf } from '../plan'
import type { PlannedEvent } from '../plan'

describe('a plan', () => {
  const write = { key: 'IDENTIFY_a', fields: {}, ttlHours: 1, keepsExisting: true }
  const one: PlannedEvent = { kind: 'event', eventType: 'PAGE', subject: '', parameters: { href: 'one' } }

  it('has visit events and map writes, either of which may be empty', () => {
    expect(planOf({ visitEvents: [one] })).toEqual({ kind: 'plan', visitEvents: [one], mapWrites: [] })
    expect(planOf({ mapWrites: [write] })).toEqual({ kind: 'plan', visitEvents: [], mapWrites: [write] })
  })

  it('is replaced by a reason where an event is filtered', () => {
    expect(filtered('too old')).toEqual({ kind: 'filtered', reason: 'too old' })
  })
})
