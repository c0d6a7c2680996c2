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
    ['a date in the past', 'Sat, 31 Jan 2026 11:00:00 GMT', 0],
    ['four hours', '14400', 14_400],
    ['more than four hours', '14401', 14_400],
    ['a date in more than four hours', 'Sat, 31 Jan 2026 17:00:00 GMT', 14_400],
    ['a year', '31536000', 14_400],
    ['a date in a year', 'Sun, 31 Jan 2027 12:00:00 GMT', 14_400],
    ['a date at the end of time', 'Fri, 31 Dec 9999 23:59:59 GMT', 14_400],
    ['a number of 400 digits', '9'.repeat(400), 14_400]
  ])('is taken from %s', async (_case, header, expected) => {
    stopClock('2026-01-31T12:00:00.000Z')
    expect((await answeredWith(429, '', { 'retry-after': header })).retryAfterSeconds).toBe(expected)
  })

  it.each(['soon', 'soon 5', '-5', '1.5', '5 seconds', '1e3', '', 'Sat, 99 Foo 2026 99:99:99 GMT', '0x10', '5, 5'])(
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

  it.each([
    ['an abort', { name: 'AbortError', type: 'aborted' }, 'time-out', 'AbortError'],
    ['an abort of the DOM', new DOMException('ada', 'AbortError'), 'time-out', 'AbortError'],
    ['a time-out of the DOM', new DOMException('ada', 'TimeoutError'), 'time-out', 'TimeoutError'],
    ['a stalled body', { name: 'FetchError', type: 'body-timeout' }, 'time-out', 'body-timeout'],
    ['a stalled request', { name: 'FetchError', type: 'request-timeout' }, 'time-out', 'request-timeout'],
    ['a stalled body in undici', { cause: { code: 'UND_ERR_BODY_TIMEOUT' } }, 'time-out', 'UND_ERR_BODY_TIMEOUT'],
    ['a reset in undici', { name: 'TypeError', cause: { code: 'ECONNRESET' } }, 'connection', 'ECONNRESET'],
    [
      'a body that breaks off',
      { name: 'FetchError', type: 'system', code: 'ERR_STREAM_PREMATURE_CLOSE' },
      'connection',
      'ERR_STREAM_PREMATURE_CLOSE'
    ]
  ])('because of %s is told by its form', async (_case, thrown, cause, detail) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- clients reject with what they like
    const error = await errorFrom(() => send(() => Promise.reject(thrown), call))
    expect(error).toBeInstanceOf(UnreachableError)
    expect(error).toMatchObject({ cause, message: expect.stringContaining(`(${detail})`) as string })
    expect(error.message).not.toContain('ada')
  })

  it.each(['text', undefined, null, 12])('because of %j, which is no error, is a lost connection', async (thrown) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- clients reject with what they like
    const failing: HttpRequest = () => Promise.reject(thrown)
    const [cause, message] = ['connection', 'The connection to Kameleoon failed during GET /map/maps']
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
