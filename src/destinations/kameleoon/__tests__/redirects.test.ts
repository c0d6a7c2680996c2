import { createTestIntegration } from '@segment/actions-core'
import nock from 'nock'
import definition from '..'
import type { HttpRequest } from '../kameleoon-api/http'
import { RedirectError } from '../kameleoon-api/errors'
import { send } from '../kameleoon-api/http'
import { callsTo, errorFrom, kameleoon, SETTINGS, startFromEmpty } from './__helpers__/kameleoon'
import type { Answer, Call } from './__helpers__/kameleoon'
import { runBatch } from './__helpers__/segment'

const STATUSES = [300, 301, 302, 303, 304, 305, 306, 307, 308]

/** Where redirects point. A path on the same host is relative to it. */
const TARGETS = {
  'the same host': '/elsewhere?keys=IDENTIFY_ada',
  'a host below it': 'https://login.eu-data.kameleoon.io/elsewhere?keys=IDENTIFY_ada',
  'a foreign host': '//fake-user:fake-password@foreign.example/elsewhere?keys=IDENTIFY_ada#fragment'
}

const KINDS = STATUSES.flatMap((status) => Object.entries(TARGETS).map(([kind, to]) => [status, kind, to] as const))

/** Records whatever arrives where a redirect points, and would answer it with a success. */
function listenElsewhere(): string[] {
  const arrived: string[] = []
  for (const host of ['https://foreign.example', 'https://login.eu-data.kameleoon.io']) {
    for (const method of ['GET', 'POST']) {
      nock(host)
        .persist()
        .intercept(/.*/, method)
        .reply(function (uri) {
          arrived.push(`${method} ${host}${uri}`)
          return [200, { access_token: 'fake-token' }]
        })
    }
  }
  return arrived
}

const redirect = (status: number, location: string): Answer => ({
  status,
  headers: { location },
  body: `Moved to ${location}`
})

const identifyCall = { type: 'identify', traits: { kameleoonVisitorCode: 'visitor-1', plan: 'pro' } } as const

beforeEach(startFromEmpty)

describe.each(KINDS)('a redirect of %d to %s', (status, _kind, location) => {
  const answer = redirect(status, location)

  it.each([
    ['visit events', 'POST /visit/events', 'logEvent', { goalId: '12' }],
    ['a list of goals', 'GET /goals', 'logEvent', {}],
    ['the search for the site', 'GET /sites', 'logEvent', {}],
    ['the exchange of credentials', 'POST /oauth/token', 'logEvent', { goalId: '12' }],
    ['the reading of maps', 'GET /map/maps', 'identifyEvent', {}],
    ['the writing of maps', 'POST /map/maps', 'identifyEvent', {}]
  ])('of %s leaves the event for later and is not followed', async (_what, operation, partnerAction, mapping) => {
    const elsewhere = listenElsewhere()
    const calls = kameleoon({ [operation]: answer })
    const event = partnerAction === 'logEvent' ? { properties: { kameleoonVisitorCode: 'visitor-1' } } : identifyCall
    const [outcome] = await runBatch([event], { partnerAction, mapping })
    expect(outcome).toMatchObject({ status: 502, errortype: 'BAD_GATEWAY' })
    expect(outcome.errormessage).toMatch(
      new RegExp(`^Kameleoon answered ${status} to ${operation} and pointed to [a-z.-]+/elsewhere; not followed$`)
    )
    expect(elsewhere).toEqual([])
    expect(calls.filter(({ operation }) => operation.endsWith('/elsewhere'))).toEqual([])
    expect(callsTo(calls, operation)).toHaveLength(1)
  })
})

it('leaves a deletion for later', async () => {
  const elsewhere = listenElsewhere()
  kameleoon({ 'POST /visit/forget': redirect(307, TARGETS['a foreign host']) })
  const destination = createTestIntegration(definition)
  const event = { type: 'delete', userId: 'user-1' } as unknown as Parameters<
    NonNullable<typeof destination.onDelete>
  >[0]
  expect(await errorFrom(() => destination.onDelete?.(event, SETTINGS))).toMatchObject({ status: 502 })
  expect(elsewhere).toEqual([])
})

it('fails the test of a connection in words that say where it pointed, without query and user information', async () => {
  const elsewhere = listenElsewhere()
  kameleoon({ 'POST /oauth/token': redirect(307, TARGETS['a foreign host']) })
  const error = await errorFrom(() => createTestIntegration(definition).testAuthentication(SETTINGS))
  expect(error.message).toBe(
    'Credentials are invalid:  Kameleoon answered 307 to POST /oauth/token and pointed to foreign.example/elsewhere; not followed'
  )
  expect(elsewhere).toEqual([])
})

it('is an error of a dropdown', async () => {
  kameleoon({ 'GET /goals': redirect(302, '/login') })
  const choices = await createTestIntegration(definition).testDynamicField('logEvent', 'goalId', {
    settings: SETTINGS,
    payload: {}
  })
  expect(choices).toMatchObject({ choices: [], error: { code: '502' } })
})

describe('the words for a redirect', () => {
  const call = { method: 'POST', host: 'https://eu-data.kameleoon.io', path: '/visit/events', body: '[]' } as const

  /** The error where a client answers so. */
  function errorOf(answer: { status: number; location?: string; redirected?: boolean; url?: string }) {
    const request: HttpRequest = () =>
      Promise.resolve({ ...answer, headers: { get: () => answer.location ?? null }, content: 'ada@example.com' })
    return errorFrom(() => send(request, call))
  }

  it.each([
    ['has no address', { status: 302 }, 'Kameleoon answered 302 to POST /visit/events; not followed'],
    [
      'has one that cannot be read',
      { status: 302, location: 'https://[' },
      'Kameleoon answered 302 to POST /visit/events; not followed'
    ],
    ['is hidden by the client', { status: 0 }, 'Kameleoon answered with a redirect to POST /visit/events; not followed']
  ])('that %s', async (_case, answer, message) => {
    const error = await errorOf(answer)
    expect(error).toBeInstanceOf(RedirectError)
    expect(error.message).toBe(message)
  })

  it('are also used where a client followed it all the same: that is no delivery', async () => {
    const error = await errorOf({ status: 200, redirected: true, url: 'https://foreign.example/a?visitor=ada' })
    expect(error).toBeInstanceOf(RedirectError)
    expect(error.message).toContain('pointed to foreign.example/a;')
  })

  it('are of a sensible length', async () => {
    const { message } = await errorOf({ status: 302, location: `https://foreign.example/${'a'.repeat(5000)}` })
    expect(message.length).toBeLessThan(300)
  })
})

it('never gives the answer of another host as what became of an event', async () => {
  const elsewhere = listenElsewhere()
  let asked = 0
  kameleoon({
    'POST /visit/events': (_call: Call) => (asked++ === 0 ? redirect(303, TARGETS['a foreign host']) : { status: 204 })
  })
  const event = { messageId: 'one', properties: { kameleoonVisitorCode: 'visitor-1' } }
  const subscription = { partnerAction: 'logEvent', mapping: { goalId: '12' } }
  const [first] = await runBatch([event], subscription)
  const [second] = await runBatch([event], subscription)
  expect([first.status, second.status]).toEqual([502, 200])
  expect(elsewhere).toEqual([])
})
