import type { SegmentEvent } from '@segment/actions-core'
import { startKameleoon } from '../kameleoon'
import { INFORMATION_DIFFERENCES, OUTCOME_DIFFERENCES } from './differences'
import { EDGE_CASES, EXAMPLES } from './events'
import { isKnown, leavesOf } from './presence'
import { Official, ours } from './destinations'

const CASES: Array<[string, SegmentEvent]> = [
  ...EXAMPLES.map((event, index): [string, SegmentEvent] => [`example ${index + 1}, ${event.type}`, event]),
  ...Object.entries(EDGE_CASES)
]

let official: Official
beforeAll(async () => {
  official = await Official.start()
})
afterAll(() => official.close())

/** Rows of the tables that at least one event needed. */
const used = new Set<object>()

describe('compared with the genuine official destination', () => {
  it.each(CASES)('%s is accepted or rejected by both, or listed', async (_, event) => {
    const theirs = await official.take(event)
    const { kind, words } = await ours(await startKameleoon(), event)
    if (kind === theirs.kind) return
    const rows = OUTCOME_DIFFERENCES.filter(
      (row) => row.official === theirs.kind && row.ours === kind && row.words.test(words)
    )
    expect({ official: theirs.kind, ours: kind, words, rows: rows.length }).toEqual({
      official: theirs.kind,
      ours: kind,
      words,
      rows: 1
    })
    used.add(rows[0])
  })

  it.each(CASES)('%s sends Kameleoon everything, or what is missing is listed', async (_, event) => {
    const { sent } = await official.take(event)
    const { kind, known } = await ours(await startKameleoon(), event)
    if (!sent || kind !== 'accepts') return
    for (const leaf of leavesOf(sent.body)) {
      if (isKnown(leaf, known, event.type)) continue
      const row = INFORMATION_DIFFERENCES.find(({ calls, path, only = () => true }) => {
        return calls.some((call) => call === event.type) && path.test(leaf.path) && only(sent.body, leaf.value)
      })
      expect({ ...leaf, row }).toHaveProperty('row.reason')
      if (row) used.add(row)
    }
  })

  it('needs every row of the tables', () => {
    const unused = [...OUTCOME_DIFFERENCES, ...INFORMATION_DIFFERENCES].filter((row) => !used.has(row))
    expect(unused.map(({ what }) => what)).toEqual([])
  })

  it('uses the genuine one, with its address, its key as pasted and its site code', async () => {
    const { sent } = await official.take(EXAMPLES[0])
    expect(sent).toMatchObject({ method: 'POST', path: '/segmentio' })
    expect(sent?.headers).toMatchObject({
      host: 'integrations.kameleoon.com',
      authorization: 'Basic bm90IHJlYWw=',
      'x-segment-settings': 'emulated01'
    })
  })
})
