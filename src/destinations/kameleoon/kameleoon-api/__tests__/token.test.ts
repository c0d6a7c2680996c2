import nock from 'nock'
import { MINUTE, SECOND, stopClock } from '../../__tests__/__helpers__/clock'
import {
  apiKeyOf,
  callsTo,
  errorFrom,
  frameworkRequest,
  kameleoon,
  startFromEmpty,
  testConnection
} from '../../__tests__/__helpers__/kameleoon'
import type { Answers } from '../../__tests__/__helpers__/kameleoon'
import { failureOf } from '../../delivery/failure'
import { CredentialsError, TokenError, UnreachableError, UnreadableReplyError } from '../errors'
import type { HttpRequest } from '../http'
import { REMEMBERED } from '../limits'
import { processMemory } from '../project'
import { accessToken, dropToken } from '../token'

const EXCHANGE = 'POST /oauth/token'

/** Tokens 1, 2, 3 ... each with the given lifetime in seconds. */
function numberedTokens(expires_in?: unknown): Answers {
  let count = 0
  return () => ({ body: { access_token: `fake-token-${++count}`, expires_in } })
}

const token = async (connection = testConnection()) => accessToken(frameworkRequest, connection)

beforeEach(startFromEmpty)
afterEach(() => {
  jest.restoreAllMocks()
})

describe('the exchange of credentials for a token', () => {
  it('sends id and secret in the body and never in the address', async () => {
    const calls = kameleoon()
    await expect(token(testConnection(apiKeyOf({ id: 'fake id&é', secret: 'fake+secret=1' })))).resolves.toBe(
      'fake-token'
    )
    expect(calls).toHaveLength(1)
    const [{ host, operation, query, headers, body }] = calls
    expect([host, operation, query]).toEqual(['https://api.kameleoon.com', EXCHANGE, {}])
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded;charset=UTF-8')
    expect(headers.authorization).toBeUndefined()
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'fake id&é',
      client_secret: 'fake+secret=1'
    })
  })

  it.each([
    [401, { message: 'bad fake-secret' }],
    [401, ''],
    [401, '<html>Sign in</html>'],
    [400, { error: 'invalid_client', error_description: 'bad fake-secret' }],
    [400, { error: 'invalid_grant' }],
    [400, { error: 'unauthorized_client' }],
    [403, { error: 'invalid_client' }],
    [403, { message: 'bad fake-secret' }],
    [403, '']
  ])('answered with %d and %j means that the credentials are rejected', async (status, body) => {
    kameleoon({ [EXCHANGE]: { status, body } })
    const error = await errorFrom(() => token())
    expect(error).toBeInstanceOf(CredentialsError)
    expect(error.message).toBe(
      'Kameleoon rejected the API Key: the client id or secret is wrong or has been revoked. Create a new one in Kameleoon: My profile > API credentials.'
    )
  })

  it.each([
    [400, '<html>Bad Request</html>'],
    [400, ''],
    [400, { error: 'invalid_request' }],
    [400, { error: { invalid_client: true } }],
    [400, ['invalid_client']],
    [400, { message: 'no' }],
    [403, '<html>Request blocked</html>'],
    ...[402, 404, 405, 407, 408, 409, 410, 413, 418, 421, 422, 425, 429, 451, 500, 501, 503, 520].map(
      (status): [number, string] => [status, 'busy with client_secret=fake-secret']
    )
  ])('answered with %d and %j says nothing about them, and the answer is not quoted', async (status, body) => {
    kameleoon({ [EXCHANGE]: { status, body } })
    const error = await errorFrom(() => token())
    expect(error).toBeInstanceOf(TokenError)
    expect(error.message).toBe(`Kameleoon answered ${status} to POST /oauth/token`)
    expect(failureOf(error)).toMatchObject({ isRetryable: true })
  })

  it('says when it may be tried again', async () => {
    kameleoon({ [EXCHANGE]: { status: 429, headers: { 'retry-after': '30' } } })
    expect(await errorFrom(() => token())).toMatchObject({ status: 429, retryAfterSeconds: 30 })
  })

  it('that never arrives is reported without address and secret', async () => {
    nock('https://api.kameleoon.com')
      .post('/oauth/token')
      .replyWithError({ code: 'ECONNRESET', message: 'fake-secret' })
    const error = await errorFrom(() => token())
    expect(error).toBeInstanceOf(UnreachableError)
    expect(error.message).toBe('The connection to Kameleoon failed during POST /oauth/token (ECONNRESET)')
  })

  it.each([
    ['nothing', ''],
    ['no JSON', '<html>login</html>'],
    ['null', null],
    ['no token', { expires_in: 7200 }],
    ['an empty token', { access_token: '' }],
    ['a token that is a number', { access_token: 12 }]
  ])('answered with %s is no token', async (_case, body) => {
    kameleoon({ [EXCHANGE]: { body } })
    const error = await errorFrom(() => token())
    expect(error).toBeInstanceOf(UnreadableReplyError)
    expect(error.message).toMatch(/^Kameleoon's answer to POST \/oauth\/token has no (JSON|access_token)$/)
  })
})

describe('a token', () => {
  it('is exchanged once for 50 concurrent callers', async () => {
    const calls = kameleoon({ [EXCHANGE]: numberedTokens(7200) })
    const tokens = await Promise.all(Array.from({ length: 50 }, () => token()))
    expect(new Set(tokens)).toEqual(new Set(['fake-token-1']))
    expect(calls).toHaveLength(1)
  })

  it('is kept for later callers', async () => {
    const calls = kameleoon({ [EXCHANGE]: numberedTokens(7200) })
    await token()
    await expect(token()).resolves.toBe('fake-token-1')
    expect(calls).toHaveLength(1)
  })

  it.each([
    ['two hours', 7200, 6480],
    ['two hours, said as text', '7200', 6480],
    ['ten minutes', 600, 540],
    ['five minutes, a minute before the end', 300, 240],
    ['half a minute, half of it', 30, 15],
    ['a missing lifetime', undefined, 6480]
  ])('of %s is renewed early', async (_case, lifetime, usableSeconds) => {
    const clock = stopClock('2026-01-31T12:00:00.000Z')
    kameleoon({ [EXCHANGE]: numberedTokens(lifetime) })
    await token()
    await clock.pass((usableSeconds - 1) * SECOND)
    await expect(token()).resolves.toBe('fake-token-1')
    await clock.pass(2 * SECOND)
    await expect(token()).resolves.toBe('fake-token-2')
  })

  it('is renewed by one exchange for all who find it too old', async () => {
    const clock = stopClock('2026-01-31T12:00:00.000Z')
    const calls = kameleoon({ [EXCHANGE]: numberedTokens(7200) })
    await token()
    await clock.pass(120 * MINUTE)
    const tokens = await Promise.all(Array.from({ length: 50 }, () => token()))
    expect(new Set(tokens)).toEqual(new Set(['fake-token-2']))
    expect(calls).toHaveLength(2)
  })

  it('is not remembered where the exchange failed, and all who waited for it get the error', async () => {
    const failing = { status: 500, body: 'busy' }
    const calls = kameleoon({ [EXCHANGE]: [failing, { body: { access_token: 'fake-token-2', expires_in: 7200 } }] })
    const results = await Promise.allSettled([token(), token(), token()])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    await expect(token()).resolves.toBe('fake-token-2')
    expect(calls).toHaveLength(2)
  })

  it('reaches all who wait for one, also where more accounts than are remembered begin at once', async () => {
    const waiting: Array<() => void> = []
    const answering: HttpRequest = async () => {
      await new Promise<void>((resolve) => waiting.push(resolve))
      const content = JSON.stringify({ access_token: 'fake-token', expires_in: 7200 })
      return { status: 200, headers: { get: () => null }, content }
    }
    const tokens = Array.from({ length: REMEMBERED.tokens + 10 }, async (_, index) =>
      accessToken(answering, testConnection(apiKeyOf({ id: `fake-${index}`, secret: 'fake-secret' })))
    )
    waiting.forEach((answer) => answer())
    expect(new Set(await Promise.all(tokens))).toEqual(new Set(['fake-token']))
    expect(processMemory.tokens.size).toBe(REMEMBERED.tokens)
  })

  it('never serves other credentials, not even those with the same letters in another place', async () => {
    const calls = kameleoon({
      [EXCHANGE]: ({ body }) => ({
        body: { access_token: `token of ${new URLSearchParams(body).get('client_id')}`, expires_in: 7200 }
      })
    })
    const one = testConnection(apiKeyOf({ id: 'fake-a', secret: 'bc' }))
    const other = testConnection(apiKeyOf({ id: 'fake-ab', secret: 'c' }))
    await expect(Promise.all([token(one), token(other)])).resolves.toEqual(['token of fake-a', 'token of fake-ab'])
    expect(callsTo(calls, EXCHANGE)).toHaveLength(2)
    expect(one.accountDigest).not.toBe(other.accountDigest)
  })

  it('serves all projects of the same credentials', async () => {
    const calls = kameleoon({ [EXCHANGE]: numberedTokens(7200) })
    await token(testConnection(undefined, 'abc123def4'))
    await token(testConnection(undefined, 'zyx987wvu6'))
    expect(calls).toHaveLength(1)
  })

  it('is dropped when Kameleoon rejects it, but not a newer one', async () => {
    const calls = kameleoon({ [EXCHANGE]: numberedTokens(7200) })
    dropToken(testConnection(), await token())
    await expect(token()).resolves.toBe('fake-token-2')
    dropToken(testConnection(), 'fake-token-1')
    await expect(token()).resolves.toBe('fake-token-2')
    expect(calls).toHaveLength(2)
  })
})

describe('the digest of an account', () => {
  it('reveals neither id nor secret', () => {
    expect(testConnection().accountDigest).toMatch(/^[0-9a-f]{64}$/)
  })
})
