import { OutcomeCounts, outcomesIn } from '../run-counts'
import { storableText } from '../storable-text'

test('characters that PostgreSQL takes in no text are replaced, all others stay', () => {
  expect(storableText('a \0 b \ud83d c')).toBe('a \ufffd b \ufffd c')
  expect(storableText('"quotes" \\ \n 🎉 \u2028 |')).toBe('"quotes" \\ \n 🎉 \u2028 |')
})

test('a reason with half a character and one that is very long are counted under names that every backend keeps', () => {
  const counts = new OutcomeCounts(0)
  counts.add({ kind: 'rejected', status: 400, reason: 'name is "half \ud83d"' })
  counts.add({ kind: 'rejected', status: 400, reason: '語'.repeat(5_000) })
  expect(outcomesIn(counts.counts, 1)[0].rejected).toEqual([
    { reason: 'name is "half \ufffd"', count: 1 },
    { reason: `${'語'.repeat(600)}…`, count: 1 }
  ])
  expect(Object.keys(counts.counts).every((name) => Buffer.byteLength(name) < 2_700)).toBe(true)
})
