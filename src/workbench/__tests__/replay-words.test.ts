import type { ManyReplayForecast, Planned, ReplayForecast, Run } from '../contract'
import { manyReplayInWords, replayInWords, replayResultInWords } from '../page/runs/replay-words'
import { bytesInWords, countsOf, percentOf, runQuery, stateInWords } from '../page/runs/run-words'

const part = (kind: Planned['kind'], what = 'CONVERSION'): Planned => ({
  ...{ what, key: 'ABC', visitorCode: 'ana', kind, reason: null, value: { goalId: 1, revenue: 5 } },
  ...{ name: 'Order', goal: 'known', currency: 'EUR' }
})

function forecast(parts: Planned[], change: Partial<ReplayForecast> = {}): ReplayForecast {
  const happens = { status: 'sent' as const, reason: null, parts }
  return {
    ...{ target: 'emulator', impossible: null, wasCounted: true, isChanged: false },
    mappings: [{ subscriptionId: 'a', subscriptionName: 'A', matched: true, happens }],
    ...change
  }
}

describe('what a replay will do', () => {
  it.each<[string, ReplayForecast, RegExp]>([
    ['a duplicate', forecast([part('duplicate')]), /the emulator drops a replay as a duplicate/],
    ['another content', forecast([part('kept')]), /so a replay would count again: Conversion of Order, 5(\.00)? EUR/],
    ['a failed event', forecast([part('kept')], { wasCounted: false }), /^Nothing of it was counted before/],
    ['stored data', forecast([part('kept', 'map')]), /^A replay would store the same data again/],
    ['no mapping', forecast([], { mappings: [] }), /^No mapping takes this event now/],
    ['a dropped event', forecast([], { impossible: 'It would be rejected again' }), /^It would be rejected again/],
    ['the real Kameleoon', forecast([], { target: 'real' }), /is not known; it may count twice/],
    [
      'the real Kameleoon after a change',
      forecast([], { target: 'real', isChanged: true }),
      /would count a replay again/
    ]
  ])('is said for %s', (_what, given, words) => {
    expect(replayInWords(given)).toMatch(words)
  })

  it('is said of many: how many, and whether their mapping was mended', () => {
    const many: ManyReplayForecast = {
      target: 'emulator',
      events: 3,
      afterChange: 2,
      partlyDelivered: 1,
      impossible: 4
    }
    expect(manyReplayInWords(many, true)).toEqual([
      '3 failed events that match the search will be sent again through the mappings as they are now, with the same message ids.',
      'For 2 of them the mapping was changed after they failed; the others may fail again.',
      expect.stringMatching(/^1 of them reached Kameleoon through another mapping already\./) as string,
      '4 more failed that Segment would drop again; they are not sent.'
    ])
  })
})

describe('what a replay did', () => {
  const result = (kind: 'kept' | 'duplicate' | 'discarded', what = 'CONVERSION') => ({
    ...{ what, key: 'ABC', visitorCode: 'ana', kind, reason: null, value: { goalId: 1 }, name: 'Order' }
  })

  it.each([
    [[result('kept')], true, 'Counted again: Conversion of Order'],
    [[result('kept')], false, 'Counted: Conversion of Order'],
    [[result('duplicate')], true, 'Duplicate, not counted again'],
    [[result('discarded')], true, 'Discarded, not counted'],
    [[result('kept', 'map')], true, 'Stored again; nothing is counted'],
    [[], true, 'Kameleoon does not report whether it counted it again']
  ])('%#: is named', (results, wasCounted, words) => {
    expect(replayResultInWords(results, wasCounted).words).toBe(words)
  })
})

describe('a file in words', () => {
  const run: Run = {
    ...{ id: '1', kind: 'file', title: 'a.ndjson', startedAt: '2026-01-01T00:00:00.000Z', sentAt: null, endedAt: null },
    ...{
      state: 'sending',
      stopped: null,
      bytes: 2_000_000,
      bytesRead: 1_000_000,
      total: null,
      events: 1_200,
      waiting: 200
    },
    ...{ retrying: 0, delivered: 990, filtered: 0, rejected: 10, discarded: 0, duplicates: 0, problems: 0 }
  }

  it('says how much is read, and what became of it, with searches that find it', () => {
    expect(stateInWords(run)).toBe('1,200 events read, 1.0 MB of 2.0 MB')
    expect(countsOf(run)).toEqual([
      { key: 'delivered', words: '990 delivered', q: 'status:delivered after:2026-01-01T00:00:00.000Z' },
      { key: 'rejected', words: '10 failed', q: 'status:failed after:2026-01-01T00:00:00.000Z' },
      { key: 'waiting', words: '200 waiting', q: null }
    ])
  })

  it('says how it ended', () => {
    const sentAt = '2026-01-01T00:01:00.000Z'
    const ended: Run = { ...run, state: 'ended', sentAt, waiting: 0, delivered: 1_190 }
    expect(stateInWords(ended)).toBe('Done: 1,200 events read')
    expect(runQuery(ended)).toBe('after:2026-01-01T00:00:00.000Z before:2026-01-01T00:01:00.000Z')
    expect(stateInWords({ ...ended, stopped: 'You cancelled it.' })).toBe(
      'Stopped after 1,200 events. You cancelled it.'
    )
  })

  it('counts reading and delivering for its progress', () => {
    expect(percentOf(run)).toBe(46)
    expect(percentOf({ ...run, state: 'ended' })).toBe(100)
    expect(percentOf({ ...run, events: 0, waiting: 0, bytesRead: 0 })).toBe(0)
  })

  it.each([
    [999, '999 bytes'],
    [12_000, '12 KB'],
    [3_450_000, '3.5 MB']
  ])('writes %i bytes as %s', (bytes, words) => expect(bytesInWords(bytes)).toBe(words))
})
