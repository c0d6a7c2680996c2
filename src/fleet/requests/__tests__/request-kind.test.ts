import { kindOf } from '../request-kind'

it.each([
  ['GET', 'https://eu-data.kameleoon.io/map/maps?siteCode=abc', 'reading'],
  ['get', 'https://na-data.kameleoon.eu/visit/visitor?siteCode=abc', 'reading'],
  ['POST', 'https://eu-data.kameleoon.io/map/maps?siteCode=abc', 'writing'],
  ['POST', 'https://na-data.kameleoon.io/visit/events?siteCode=abc', 'writing'],
  ['GET', 'https://api.kameleoon.com/goals?page=1', 'automation'],
  ['POST', 'https://api.kameleoon.com/oauth/token', 'automation']
])('%s %s is %s', (method, url, kind) => {
  expect(kindOf(method, url)).toBe(kind)
})
