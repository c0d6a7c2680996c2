import { SECOND, stopClock } from '../../__tests__/__helpers__/clock'
import {
  callsTo,
  frameworkRequest,
  kameleoon,
  startFromEmpty,
  testConnection
} from '../../__tests__/__helpers__/kameleoon'
import { accessToken } from '../token'

const EXCHANGE = 'POST /oauth/token'

const token = async () => accessToken(frameworkRequest, testConnection())

beforeEach(startFromEmpty)
afterEach(() => {
  jest.restoreAllMocks()
})

/** Answers with tokens 1, 2, 3 ..., each with this lifetime. */
function tokensOf(lifetime: unknown) {
  let count = 0
  return kameleoon({ [EXCHANGE]: () => ({ body: { access_token: `fake-token-${++count}`, expires_in: lifetime } }) })
}

describe('a token whose lifetime Kameleoon gives as', () => {
  it.each([0, '0', -60])('%j is used at once and never again', async (lifetime) => {
    const clock = stopClock('2026-01-31T12:00:00.000Z')
    const calls = tokensOf(lifetime)
    await expect(token()).resolves.toBe('fake-token-1')
    await clock.pass(2)
    await expect(token()).resolves.toBe('fake-token-2')
    expect(callsTo(calls, EXCHANGE)).toHaveLength(2)
  })

  it.each([
    ['3600', 3240],
    [' 3600 ', 3240],
    [3600, 3240],
    [null, 6480],
    ['Infinity', 6480],
    ['soon', 6480],
    ['', 6480],
    [{}, 6480],
    [true, 6480]
  ])('%j is renewed after %d seconds', async (lifetime, usableSeconds) => {
    const clock = stopClock('2026-01-31T12:00:00.000Z')
    const calls = tokensOf(lifetime)
    await token()
    await clock.pass((usableSeconds - 1) * SECOND)
    await expect(token()).resolves.toBe('fake-token-1')
    await clock.pass(2 * SECOND)
    await expect(token()).resolves.toBe('fake-token-2')
    expect(callsTo(calls, EXCHANGE)).toHaveLength(2)
  })
})
