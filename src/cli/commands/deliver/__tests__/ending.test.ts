import { presetSubscriptions, Tally, type Stop, type Summary } from '../../../../segment-host'
import kameleoon from '../../../../destinations/kameleoon'
import { HELP } from '../../help-texts'
import { endingText, EXIT_CODES, exitCodeOf, isFinished } from '../ending'

function summaryOf(changes: Partial<Summary> = {}): Summary {
  const counted = new Tally(presetSubscriptions(kameleoon)).summary()
  return { ...counted, unsettled: 0, retries: 0, seconds: 1, linesPerSecond: 1, ...changes }
}

const stopped = (cause: Stop['cause'], reason = 'no space left'): Stop => ({
  cause,
  reason,
  after: { file: 'events.ndjson', line: 34_012 }
})

describe('the exit code', () => {
  it.each<[number, string, Partial<Summary>]>([
    [0, 'all is delivered', { delivered: 5 }],
    [1, 'an event was rejected', { rejected: 1 }],
    [0, 'the limit was reached', { stopped: stopped('limit') }],
    [1, 'the limit was reached and an event was rejected', { stopped: stopped('limit'), rejected: 1 }],
    [2, 'the file could not be read further', { stopped: stopped('source'), rejected: 1 }],
    [3, 'events are undelivered', { undelivered: 1, rejected: 1 }],
    [3, 'too many were rejected', { stopped: stopped('rejections'), rejected: 9 }],
    [3, 'nobody answers', { stopped: stopped('unreachable') }],
    [3, 'a result could not be written', { stopped: stopped('output') }]
  ])('is %i when %s', (code, _, changes) => {
    expect(exitCodeOf(summaryOf(changes), undefined)).toBe(code)
  })

  it('is that of the signal', () => {
    const summary = summaryOf({ stopped: stopped('request') })
    expect(exitCodeOf(summary, 'SIGINT')).toBe(130)
    expect(exitCodeOf(summary, 'SIGTERM')).toBe(143)
  })

  it('is in the help, with its meaning', () => {
    for (const { code, meaning } of Object.values(EXIT_CODES)) {
      expect(HELP.deliver).toMatch(new RegExp(`^ {2}${code} +${meaning.replace(/[()]/g, '\\$&')}$`, 'm'))
    }
  })
})

describe('the end of a run', () => {
  const checkpoint = { path: 'events.ndjson.checkpoint', state: 'true' as const }

  it('needs no words when everything is settled', () => {
    const summary = summaryOf({ rejected: 2 })
    expect(isFinished(summary)).toBe(true)
    expect(endingText({ summary, unit: 'line', signal: undefined, checkpoint })).toBe('')
  })

  it('says where it stopped, why, and how to go on', () => {
    const summary = summaryOf({ stopped: stopped('request'), unsettled: 1_419 })
    expect(endingText({ summary, unit: 'line', signal: 'SIGTERM', checkpoint })).toBe(
      'Stopped after line 34,012 of events.ndjson: SIGTERM was received. 1,419 events were read and not settled: --resume sends them. Go on with the same command and --resume. How far it came is in events.ndjson.checkpoint.'
    )
  })

  it('says that a checkpoint is older when it could not be written', () => {
    const summary = summaryOf({ stopped: stopped('output'), unsettled: 1 })
    const text = endingText({ summary, unit: 'line', signal: undefined, checkpoint: { ...checkpoint, state: 'older' } })
    expect(text).toContain('1 event was read and not settled: --resume sends it.')
    expect(text).toContain('could not be written at the end. It is older, so --resume sends some events again')
  })

  it('tells of undelivered events after a run that read everything', () => {
    const summary = summaryOf({ undelivered: 2 })
    expect(isFinished(summary)).toBe(false)
    expect(endingText({ summary, unit: 'line', signal: undefined, checkpoint })).toMatch(
      /^2 events could not be delivered, although every attempt was made\. Go on/
    )
  })
})
