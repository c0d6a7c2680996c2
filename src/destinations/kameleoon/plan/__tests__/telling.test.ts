import { isFiltered, tell } from '../plan'

describe('what Kameleoon is told', () => {
  const write = { key: 'IDENTIFY_a', fields: {}, ttlHours: 1, keepsExisting: true }
  const one = { eventType: 'PAGE', subject: '', parameters: { href: 'one' } }

  it('is visit events and stored data, either of which may be none', () => {
    expect(tell({ visitEvents: [one] })).toEqual({ visitEvents: [one], mapWrites: [] })
    expect(tell({ mapWrites: [write] })).toEqual({ visitEvents: [], mapWrites: [write] })
  })

  it('is not told where an event is filtered', () => {
    expect(isFiltered({ filtered: 'too old' })).toBe(true)
    expect(isFiltered(tell({}))).toBe(false)
  })
})
