import { eventTime, filtered, filterIfOld, planOf } from '../plan'
import type { PlannedEvent } from '../plan'

describe('a plan', () => {
  const write = { key: 'IDENTIFY_a', fields: {}, ttlHours: 1, keepsExisting: true }
  const one: PlannedEvent = { kind: 'event', eventType: 'PAGE', subject: '', parameters: { href: 'one' } }

  it('has visit events and map writes, either of which may be empty', () => {
    expect(planOf({ visitEvents: [one] })).toEqual({ kind: 'plan', visitEvents: [one], mapWrites: [], notes: [] })
    expect(planOf({ mapWrites: [write] })).toEqual({ kind: 'plan', visitEvents: [], mapWrites: [write], notes: [] })
  })

  it('is replaced by a reason where an event is filtered', () => {
    expect(filtered('too old')).toEqual({ kind: 'filtered', reason: 'too old' })
  })
})

const HOUR = 3_600_000

describe('the time of an event', () => {
  it.each([
    ['2026-01-31T12:00:00.000Z', 1769860800000],
    ['2026-01-31T13:00:00+01:00', 1769860800000],
    [1769860800000, 1769860800000]
  ])('%p is %d', (timestamp, expected) => {
    expect(eventTime(timestamp)).toBe(expected)
  })

  it.each([
    '1970-01-01T00:00:00.000Z',
    '0001-01-01T00:00:00.000Z',
    '2009-12-31T23:59:59.999Z',
    '2099-01-01T00:00:00Z',
    0
  ])('is that of its arrival for %p, an impossible time', (timestamp) => {
    jest.useFakeTimers()
    jest.setSystemTime(Date.parse('2026-01-31T12:00:00.000Z'))
    expect(eventTime(timestamp)).toBe(Date.parse('2026-01-31T12:00:00.000Z'))
    expect(filterIfOld({ timestamp, maxEventAgeHours: 24 })).toBeUndefined()
    jest.useRealTimers()
  })

  it.each([
    [undefined, 'missing'],
    [null, 'null'],
    ['', 'an empty string'],
    ['yesterday', 'a string'],
    ['2026-13-45T99:00:00Z', 'a string'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [{}, 'an object'],
    [[], 'an array']
  ])('cannot be %p', (timestamp, kind) => {
    expect(() => eventTime(timestamp)).toThrow(
      `timestamp must be a date and time such as 2026-01-31T12:00:00.000Z, but it is ${kind}`
    )
  })
})

describe('the age of an event', () => {
  const now = Date.parse('2026-01-31T12:00:00.000Z')

  beforeEach(() => {
    jest.useFakeTimers()
    jest.setSystemTime(now)
  })

  afterEach(() => {
    jest.useRealTimers()
  })

  it('is ignored without a limit', () => {
    expect(filterIfOld({ timestamp: 0, maxEventAgeHours: undefined })).toBeUndefined()
  })

  it.each([
    ['just now', 0],
    ['an hour ago', HOUR],
    ['exactly at the limit', 24 * HOUR],
    ['in the future, by a wrong clock', -HOUR]
  ])('is within a limit of 24 hours %s', (_case, age) => {
    expect(filterIfOld({ timestamp: now - age, maxEventAgeHours: 24 })).toBeUndefined()
  })

  it('above the limit filters the event with a reason that has the limit', () => {
    expect(filterIfOld({ timestamp: now - 24 * HOUR - 1, maxEventAgeHours: 24 })).toEqual({
      kind: 'filtered',
      reason: 'The event is older than 24 hours, the limit set in the mapping.'
    })
  })

  it('may be limited to a part of an hour', () => {
    expect(filterIfOld({ timestamp: now - 0.4 * HOUR, maxEventAgeHours: 0.5 })).toBeUndefined()
    expect(filterIfOld({ timestamp: now - 0.6 * HOUR, maxEventAgeHours: 0.5 })).toMatchObject({
      kind: 'filtered',
      reason: expect.stringContaining('0.5 hours') as string
    })
  })

  it('may be limited by text, as some hosts send numbers', () => {
    const maxEventAgeHours = '24' as unknown as number
    expect(filterIfOld({ timestamp: now - 25 * HOUR, maxEventAgeHours })).toMatchObject({ kind: 'filtered' })
    expect(filterIfOld({ timestamp: now - 23 * HOUR, maxEventAgeHours })).toBeUndefined()
  })

  it.each([0, -1])('cannot be limited to %p hours', (limit) => {
    expect(() => filterIfOld({ timestamp: now, maxEventAgeHours: limit })).toThrow(
      `maxEventAgeHours must be above 0, but it is the number ${limit}.`
    )
  })
})
