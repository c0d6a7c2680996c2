import { secondsToWait } from '../retry-after'

const NOW = Date.parse('2026-01-31T12:00:00Z')

it.each([
  ['7', 7],
  [' 7 ', 7],
  ['0', 1],
  ['86400', 300],
  ['Sat, 31 Jan 2026 12:00:30 GMT', 30],
  ['Sat, 31 Jan 2026 11:00:00 GMT', 1],
  ['soon', 10],
  ['', 10],
  [null, 10]
])('after Retry-After %j nobody sends for %d seconds', (header, seconds) => {
  expect(secondsToWait(header, NOW)).toBe(seconds)
})
