import {
  callsTo,
  errorFrom,
  kameleoon,
  operationsOf,
  startFromEmpty,
  testClient
} from '../../__tests__/__helpers__/kameleoon'
import type { Call } from '../../__tests__/__helpers__/kameleoon'
import { CredentialsError, ResponseError } from '../errors'
import { forgetVisitors } from '../data-api'
import { sendVisitEvents } from '../data-api'

const EXCHANGE = 'POST /oauth/token'
const EVENTS = 'POST /visit/events'

/** A new token on every exchange; only the ones named are accepted. */
function acceptingOnly(...accepted: string[]) {
  let count = 0
  return {
    [EXCHANGE]: () => ({ body: { access_token: `fake-token-${++count}`, expires_in: 7200 } }),
    [EVENTS]: ({ headers }: Call) => ({
      status: accepted.some((token) => headers.authorization === `Bearer ${token}`) ? 204 : 401
    })
  }
}

beforeEach(startFromEmpty)

describe('a call with a token', () => {
  it('carries it in the authorization header and nowhere else', async () => {
    const calls = kameleoon()
    const reply = await sendVisitEvents(testClient(), '[]')
    expect(reply).toEqual({ operation: EVENTS, status: 204, text: '' })
    expect(calls[1].headers.authorization).toBe('Bearer fake-token')
    expect(JSON.stringify(calls[1].query)).not.toContain('token')
  })

  it('whose token is rejected is repeated once, unchanged, with a new one', async () => {
    const calls = kameleoon(acceptingOnly('fake-token-2'))
    await sendVisitEvents(testClient(), '[{"nonce":"0123456789ABCDEF"}]')
    expect(operationsOf(calls)).toEqual([EXCHANGE, EVENTS, EXCHANGE, EVENTS])
    const [first, second] = callsTo(calls, EVENTS)
    expect({ ...second, headers: { ...second.headers, authorization: first.headers.authorization } }).toEqual(first)
  })

  it('whose new token is rejected too says so, and the next call starts with a token of its own', async () => {
    const calls = kameleoon(acceptingOnly('fake-token-3'))
    const client = testClient()
    const error = await errorFrom(() => sendVisitEvents(client, '[]'))
    expect(error).toBeInstanceOf(CredentialsError)
    expect(error.message).toBe(
      'Kameleoon rejected a new access token for POST /visit/events. Check the rights of the API key in Kameleoon: My profile > API credentials.'
    )
    expect(operationsOf(calls)).toEqual([EXCHANGE, EVENTS, EXCHANGE, EVENTS])
  })

  it('shares the renewal with the other calls that were rejected', async () => {
    const calls = kameleoon(acceptingOnly('fake-token-2'))
    const client = testClient()
    await Promise.all(Array.from({ length: 10 }, () => sendVisitEvents(client, '[]')))
    expect(callsTo(calls, EXCHANGE)).toHaveLength(2)
    expect(callsTo(calls, EVENTS)).toHaveLength(20)
  })

  it.each([400, 403, 404, 413, 429, 500])('that is answered with %d is not repeated', async (status) => {
    const calls = kameleoon({ [EVENTS]: { status, body: { message: 'no' } } })
    const error = await errorFrom(() => sendVisitEvents(testClient(), '[]'))
    expect(error).toBeInstanceOf(ResponseError)
    expect(callsTo(calls, EVENTS)).toHaveLength(1)
  })
})

describe('the request to forget visitors', () => {
  it('is plain text, one visitor code a line', async () => {
    const calls = kameleoon()
    await forgetVisitors(testClient(), ['visitor-1', 'visiteur-é'])
    expect(calls[1]).toMatchObject({
      host: 'https://eu-data.kameleoon.io',
      operation: 'POST /visit/forget',
      query: { siteCode: 'abc123def4' },
      body: 'visitor-1\nvisiteur-é'
    })
    expect(calls[1].headers['content-type']).toBe('text/plain')
  })
})
