import nock from 'nock'
import { errorFrom, frameworkRequest, kameleoon, startFromEmpty } from '../../__tests__/__helpers__/kameleoon'
import { stopClock } from '../../__tests__/__helpers__/clock'
import { ResponseError, UnreachableError, UnreadableReplyError } from '../errors'
import { jsonOf, send } from '../http'
import type { HttpRequest } from '../http'

const call = {
  method: 'GET',
  host: 'https://eu-data.kameleoon.io',
  path: '/map/maps',
  query: { keys: '["IDENTIFY_ada@example.com"]' }
} as const

beforeEach(startFromEmpty)
afterEach(() => {
  jest.restoreAllMocks()
})

async function answeredWith(status: number, body: unknown, headers: Record<string, string> = {}) {
  kameleoon({ 'GET /map/maps': { status, body, headers } })
  return (await errorFrom(() => send(frameworkRequest, call))) as ResponseError
}

describe('an answer', () => {
  it.each([200, 201, 202, 204])('of %d is a success', async (status) => {
    kameleoon({ 'GET /map/maps': { status } })
    await expect(send(frameworkRequest, call)).resolves.toEqual({ operation: 'GET /map/maps', status, text: '' })
  })

  it('of 200 KB is read to its end', async () => {
    const text = 'é'.repeat(100_000)
    kameleoon({ 'GET /map/maps': { body: { text } } })
    const reply = await send(frameworkRequest, call)
    expect(jsonOf(reply)).toEqual({ text })
  })

  it('that is no JSON says where it came from', async () => {
    kameleoon({ 'GET /map/maps': { body: '<html>' } })
    const reply = await send(frameworkRequest, call)
    expect(() => jsonOf(reply)).toThrow(new UnreadableReplyError('GET /map/maps', 'JSON'))
  })

  it.each([
    ['JSON with a message', { message: 'siteCode is unknown' }, ': siteCode is unknown'],
    ['JSON without one', { error: 'no' }, ': {"error":"no"}'],
    ['plain text', 'no   such\nsite', ': no such site'],
    ['HTML', '<html><body><h1>502 Bad Gateway</h1></body></html>', ': 502 Bad Gateway'],
    ['nothing', '', ''],
    ['a page', 'x'.repeat(5000), `: ${'x'.repeat(300)}`]
  ])('of 400 with %s is reported in readable words', async (_case, body, words) => {
    const error = await answeredWith(400, body)
    expect(error).toBeInstanceOf(ResponseError)
    expect(error.message).toBe(`Kameleoon answered 400 to GET /map/maps${words}`)
    expect(error).toMatchObject({ status: 400, operation: 'GET /map/maps' })
  })

  it.each([400, 403, 404, 429, 500])('of %d never reveals the query, which names visitors', async (status) => {
    const error = await answeredWith(status, '')
    expect(`${error.message} ${error.stack ?? ''}`).not.toMatch(/ada@|ada%40|keys=/)
  })
})

describe('the time after which to try again', () => {
  it.each([
    ['a number of seconds', '30', 30],
    ['zero', '0', 0],
    ['a number with spaces', ' 30 ', 30],
    ['a date', 'Sat, 31 Jan 2026 12:01:30 GMT', 90],
    ['a date between two seconds', 'Sat, 31 Jan 2026 12:00:01 GMT', 1],
    ['a date in the past', 'Sat, 31 Jan 2026 11:00:00 GMT', 0]
  ])('is taken from %s', async (_case, header, expected) => {
    stopClock('2026-01-31T12:00:00.000Z')
    expect((await answeredWith(429, '', { 'retry-after': header })).retryAfterSeconds).toBe(expected)
  })

  it.each(['soon', 'soon 5', '-5', '1.5', '5 seconds', '1e3', ''])(
    'is unknown, and not guessed, for %j',
    async (header) => {
      stopClock('2026-01-31T12:00:00.000Z')
      expect((await answeredWith(429, '', { 'retry-after': header })).retryAfterSeconds).toBeUndefined()
    }
  )

  it('is unknown without the header', async () => {
    expect((await answeredWith(429, '')).retryAfterSeconds).toBeUndefined()
  })
})

describe('no answer', () => {
  it.each([
    ['ETIMEDOUT', 'time-out', 'Kameleoon did not answer GET /map/maps in time (ETIMEDOUT)'],
    ['ESOCKETTIMEDOUT', 'time-out', 'Kameleoon did not answer GET /map/maps in time (ESOCKETTIMEDOUT)'],
    ['REQUESTTIMEOUTERROR', 'time-out', 'Kameleoon did not answer GET /map/maps in time (REQUESTTIMEOUTERROR)'],
    ['ECONNRESET', 'connection', 'The connection to Kameleoon failed during GET /map/maps (ECONNRESET)'],
    ['ENOTFOUND', 'connection', 'The connection to Kameleoon failed during GET /map/maps (ENOTFOUND)'],
    [undefined, 'connection', 'The connection to Kameleoon failed during GET /map/maps']
  ])('because of %s is a failure of the %s', async (code, cause, message) => {
    const failing: HttpRequest = () => Promise.reject(Object.assign(new Error(`to ${call.host}?keys=ada`), { code }))
    const error = await errorFrom(() => send(failing, call))
    expect(error).toBeInstanceOf(UnreachableError)
    expect(error).toMatchObject({ message, cause })
  })

  it('on a broken connection never reveals the address, which the framework puts into its error', async () => {
    nock('https://eu-data.kameleoon.io').get('/map/maps').query(true).replyWithError({ code: 'ECONNRESET' })
    const error = await errorFrom(() => send(frameworkRequest, call))
    expect(error.message).toBe('The connection to Kameleoon failed during GET /map/maps (ECONNRESET)')
    expect(error.stack).not.toMatch(/ada@|ada%40|keys=/)
  })
})
