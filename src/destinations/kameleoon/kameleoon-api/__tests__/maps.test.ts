import { callsTo, errorFrom, kameleoon, startFromEmpty, testClient } from '../../__tests__/__helpers__/kameleoon'
import { failureOf } from '../../delivery/failure'
import { UnreadableReplyError } from '../errors'
import { readableParts, readMaps, writeMaps } from '../data-api'

beforeEach(startFromEmpty)

describe('reading stored maps', () => {
  it('asks for all keys in one request', async () => {
    const calls = kameleoon()
    await readMaps(testClient(), ['IDENTIFY_ada@example.com', 'COHORTS_é"1'])
    expect(callsTo(calls, 'GET /map/maps')).toMatchObject([
      {
        host: 'https://eu-data.kameleoon.io',
        query: { siteCode: 'abc123def4', keys: '["IDENTIFY_ada@example.com","COHORTS_é\\"1"]' }
      }
    ])
  })

  it('finds the maps by key, without fields that are null', async () => {
    kameleoon({ 'GET /map/maps': { body: { IDENTIFY_a: { plan: 'pro', gone: null, seats: 0 }, IDENTIFY_b: {} } } })
    const maps = await readMaps(testClient(), ['IDENTIFY_a', 'IDENTIFY_b', 'IDENTIFY_c'])
    expect([...maps]).toEqual([
      ['IDENTIFY_a', { plan: 'pro', seats: 0 }],
      ['IDENTIFY_b', {}]
    ])
  })

  it.each([
    ['204', { status: 204 }],
    ['404', { status: 404 }],
    ['404 and a message', { status: 404, body: { message: 'No data' } }],
    ['404 and a page', { status: 404, body: '<html>Not Found</html>' }],
    ['an empty text', { body: '' }],
    ['202 and blank text', { status: 202, body: ' \n' }],
    ['null', { body: 'null' }],
    ['an empty object', { body: {} }],
    ['null for the key', { body: { IDENTIFY_a: null } }]
  ])('finds none where Kameleoon answers with %s', async (_case, answer) => {
    kameleoon({ 'GET /map/maps': answer })
    expect((await readMaps(testClient(), ['IDENTIFY_a'])).size).toBe(0)
  })

  it.each([
    ['a list', '[]'],
    ['a list of maps', '[{"IDENTIFY_a":{}}]'],
    ['a number', '12'],
    ['a truth value', 'false'],
    ['a JSON text', '"nothing"'],
    ['a page', '<html>'],
    ['half of an answer', '{"IDENTIFY_a":{"plan":'],
    ['an error object', '{"message":"Try again"}'],
    ['an error', '{"error":{"code":7}}'],
    ['an error beside a map', '{"IDENTIFY_a":{},"error":{}}'],
    ['a map of another key', '{"IDENTIFY_b":{"plan":"pro"}}'],
    ['null for another key', '{"IDENTIFY_b":null}'],
    ['a prototype', '{"__proto__":{"plan":"pro"}}'],
    ['a list for the key', '{"IDENTIFY_a":[]}'],
    ['text for the key', '{"IDENTIFY_a":"plan"}'],
    ['a number for the key', '{"IDENTIFY_a":0}'],
    ['a truth value for the key', '{"IDENTIFY_a":false}']
  ])('takes %s for no answer, and never for nothing stored', async (_case, body) => {
    kameleoon({ 'GET /map/maps': { body } })
    const error = await errorFrom(() => readMaps(testClient(), ['IDENTIFY_a']))
    expect(error).toBeInstanceOf(UnreadableReplyError)
    expect(error.message).toMatch(
      /^Kameleoon's answer to GET \/map\/maps has no (map of maps|JSON|maps of the keys that were asked for alone)$/
    )
    expect(failureOf(error)).toMatchObject({ status: 502, isRetryable: true })
  })
})

describe('the parts in which keys are read', () => {
  const numbered = (count: number, length = 10) =>
    Array.from({ length: count }, (_, index) => String(index).padStart(length, 'k'))

  it.each([
    [0, []],
    [1, [1]],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]]
  ])('of %d keys have at most 100', (count, sizes) => {
    expect(readableParts(numbered(count)).map(({ length }) => length)).toEqual(sizes)
  })

  it('hold every key once, in order', () => {
    const keys = numbered(250)
    expect(readableParts(keys).flat()).toEqual(keys)
  })

  it.each([
    ['long keys', numbered(100, 100)],
    ['keys that grow ninefold in an address', Array.from({ length: 100 }, (_, index) => `${'한'.repeat(90)}${index}`)],
    ['keys with quotes', Array.from({ length: 100 }, (_, index) => `${'"'.repeat(90)}${index}`)],
    ['keys with backslashes', Array.from({ length: 100 }, (_, index) => `${'\\'.repeat(90)}${index}`)],
    ['keys with spaces and signs', Array.from({ length: 100 }, (_, index) => `${"!'()~ ".repeat(15)}${index}`)]
  ])('keep the address below the 8 KB that servers take: %s', (_case, keys) => {
    for (const part of readableParts(keys)) {
      const query = new URLSearchParams({ siteCode: 'abc123def4', keys: JSON.stringify(part) }).toString()
      expect(query.length).toBeLessThan(8000)
    }
    expect(readableParts(keys).flat()).toEqual(keys)
  })
})

describe('writing maps', () => {
  it('sends the whole body with its time to live', async () => {
    const calls = kameleoon()
    await writeMaps(testClient(), '{"IDENTIFY_a":{"plan":"pro"}}', 48)
    const [write] = callsTo(calls, 'POST /map/maps')
    expect(write).toMatchObject({
      host: 'https://eu-data.kameleoon.io',
      query: { siteCode: 'abc123def4', ttlHours: '48' },
      body: '{"IDENTIFY_a":{"plan":"pro"}}'
    })
    expect(write.headers['content-type']).toBe('application/json')
  })
})
