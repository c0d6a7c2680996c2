import type { OverviewStep, ReasonGroup } from '../contract'
import { adviceFor, splitReason } from '../page/overview/advice'
import { stepInWords, stepQuery, stepsInWords } from '../page/overview/steps-in-words'
import { windowInWords, windowOf } from '../page/overview/windows'

const step = (counts: Partial<OverviewStep> = {}): OverviewStep => ({
  ...{ from: '2026-01-31T12:00:00.000Z', to: '2026-01-31T12:00:30.000Z' },
  ...{ received: 0, delivered: 0, filtered: 0, rejected: 0, unsettled: 0 },
  ...counts
})

describe('steps of time in words', () => {
  it('name the time of a step and only the counts above zero', () => {
    const words = stepInWords(step({ received: 1_203, delivered: 1_200, unsettled: 3 }))
    expect(words).toMatch(/^\d\d:00:00 to \d\d:00:30: 1,203 received, 1,200 delivered, 3 waiting or retrying$/)
  })

  it('sum up all steps, and say when nothing was received', () => {
    const steps = [step({ received: 2, rejected: 2 }), step({ received: 3, filtered: 1, delivered: 2 })]
    expect(stepsInWords(steps, 'the last hour')).toBe(
      'In the last hour: 5 received, 2 delivered, 1 filtered, 2 failed.'
    )
    expect(stepsInWords([step()], 'the last hour')).toBe('Nothing was received in the last hour.')
  })

  it('become a search for their events', () => {
    const time = 'after:2026-01-31T12:00:00.000Z before:2026-01-31T12:00:30.000Z'
    expect(stepQuery(step())).toBe(time)
    expect(stepQuery(step(), 'failed')).toBe(`status:failed ${time}`)
  })

  it.each([
    ['1h', '1h', 'the last hour'],
    ['24h', '24h', 'the last 24 hours'],
    [undefined, '15m', 'the last 15 minutes'],
    ['week', '15m', 'the last 15 minutes']
  ])('are chosen by the address: "%s" is %s', (chosen, window, words) => {
    expect(windowOf(chosen)).toBe(window)
    expect(windowInWords(windowOf(chosen))).toBe(words)
  })
})

describe('a reason', () => {
  it('is divided into what is wrong and what to do', () => {
    expect(splitReason('The code is missing. Put it into the event.')).toEqual({
      ...{ what: 'The code is missing.', rest: 'Put it into the event.' }
    })
    const one = 'revenue must be an amount such as 12.50, but it is "a lot".'
    expect(splitReason(one)).toEqual({ what: one, rest: '' })
  })

  const group = (changes: Partial<ReasonGroup>): ReasonGroup => ({
    ...{ kind: 'rejected', reason: 'revenue must be a number', count: 1, example: null, query: 'status:failed' },
    mapping: { id: 'a b', name: 'Orders' },
    ...changes
  })

  it.each<[string, Partial<ReasonGroup>, boolean, string | undefined]>([
    ['of a mapping leads to the mapping', {}, false, '/destination/mappings/a%20b'],
    ['of a retry leads to the faults when one is on', { kind: 'retrying' }, true, '/faults'],
    ['of a retry leads to the mapping without a fault', { kind: 'retrying' }, false, '/destination/mappings/a%20b'],
    ['of the settings leads to them', { reason: 'The settings cannot be used: no key' }, false, '/destination'],
    [
      'of an event without a mapping leads to the mappings',
      { kind: 'filtered', reason: 'No mapping matched' },
      false,
      '/destination'
    ],
    [
      'of the source leads to how events are sent',
      { reason: 'Segment would drop it: x', mapping: null },
      false,
      '/about'
    ],
    [
      'of an event that is filtered on purpose leads nowhere',
      { kind: 'filtered', reason: 'Not sent back' },
      false,
      undefined
    ]
  ])('%s', (_name, changes, hasFaults, href) => {
    expect(adviceFor(group(changes), hasFaults)?.href).toBe(href)
  })
})
