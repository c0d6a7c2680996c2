import { isSkip, tell } from '../telling'

describe('what Kameleoon is told', () => {
  const write = { key: 'IDENTIFY_a', fields: {}, ttlHours: 1, keepsExisting: true }
  const one = { eventType: 'PAGE', subject: '', parameters: { href: 'one' } }
  const two = { eventType: 'PAGE', subject: '', parameters: { href: 'two' } }

  it('joins the parts of an event in their order', () => {
    expect(tell({ visitEvents: [one] }, { mapWrites: [write] }, { visitEvents: [two] })).toEqual({
      visitEvents: [one, two],
      mapWrites: [write]
    })
  })

  it('may be nothing', () => {
    expect(tell()).toEqual({ visitEvents: [], mapWrites: [] })
  })

  it('is not told where an event is skipped', () => {
    expect(isSkip({ skipped: 'too old' })).toBe(true)
    expect(isSkip(tell())).toBe(false)
  })
})
