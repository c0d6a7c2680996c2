import { conversionsOverTime } from '../visitors/conversions-over-time'

const at = (time: string) => Date.parse(`2026-03-01T${time}Z`)

describe('conversions over time', () => {
  it('are empty without conversions', () => {
    expect(conversionsOverTime([])).toEqual([])
  })

  it('are one step when all conversions happened in the same second', () => {
    expect(conversionsOverTime([at('10:00:00.500'), at('10:00:00.900')])).toEqual([
      { at: '2026-03-01T10:00:00.000Z', conversions: 2 }
    ])
  })

  it('have equal steps from the first conversion to the last, empty steps included', () => {
    expect(conversionsOverTime([at('10:00:07'), at('10:00:04'), at('10:00:04.5')])).toEqual([
      { at: '2026-03-01T10:00:04.000Z', conversions: 2 },
      { at: '2026-03-01T10:00:05.000Z', conversions: 0 },
      { at: '2026-03-01T10:00:06.000Z', conversions: 0 },
      { at: '2026-03-01T10:00:07.000Z', conversions: 1 }
    ])
  })

  it.each([
    [29, 1],
    [31, 5],
    [3_600, 300],
    [86_400, 3_600],
    [365 * 86_400, 30 * 86_400]
  ])('over %i seconds have steps of %i seconds, at most thirty', (span, step) => {
    const first = at('00:00:00')
    const steps = conversionsOverTime([first, first + span * 1000])
    expect(steps.length).toBeLessThanOrEqual(30)
    expect(Date.parse(steps[1].at) - Date.parse(steps[0].at)).toBe(step * 1000)
    expect(steps.reduce((sum, { conversions }) => sum + conversions, 0)).toBe(2)
  })
})
