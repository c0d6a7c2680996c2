import { createTestIntegration, PayloadValidationError, RetryableError } from '@segment/actions-core'
import definition from '..'
import {
  bodiesTo,
  callsTo,
  errorFrom,
  kameleoon,
  operationsOf,
  SETTINGS,
  startFromEmpty
} from './__helpers__/kameleoon'
import type { Answers } from './__helpers__/kameleoon'
import { runBatch } from './__helpers__/segment'

const FORGET = 'POST /visit/forget'
const READ = 'GET /map/maps'
const WRITE = 'POST /map/maps'

/** Segment's request to delete a user, which carries these two ids and nothing else. */
function deleteUser(userId?: string, anonymousId?: string) {
  const event = { type: 'delete', userId, anonymousId }
  const destination = createTestIntegration(definition)
  return destination.onDelete?.(event as unknown as Parameters<NonNullable<typeof destination.onDelete>>[0], SETTINGS)
}

function storing(stored: Record<string, object>): Answers {
  return ({ query }) => {
    const keys = JSON.parse(query.keys) as string[]
    return { body: Object.fromEntries(keys.filter((key) => key in stored).map((key) => [key, stored[key]])) }
  }
}

beforeEach(startFromEmpty)

describe('the deletion of a user', () => {
  it('passes over a placeholder, to which anyone may be linked', async () => {
    const calls = kameleoon({ [READ]: storing({ LINK_undefined: { kameleoonVisitorCode: 'stranger' } }) })
    await deleteUser('user-1', ' undefined ')
    expect(callsTo(calls, FORGET).map(({ body }) => body)).toEqual(['user-1'])
    await expect(deleteUser('null', 'undefined')).rejects.toThrow(
      'nobody to delete. Placeholders count as absent: userId is "null", anonymousId is "undefined".'
    )
  })

  it('forgets the linked visitor and the ids, and empties what is stored under each of them', async () => {
    const calls = kameleoon({
      [READ]: storing({
        'LINK_user-1': { kameleoonVisitorCode: 'visitor-1' },
        'IDENTIFY_visitor-1': { plan: 'pro', city: 'Paris' },
        'COHORTS_visitor-1': { first_purchase: true },
        'IDENTIFY_user-1': { plan: 'pro' }
      })
    })
    await deleteUser('user-1', 'anonymous-1')
    const emptying = [READ, WRITE, WRITE]
    expect(operationsOf(calls)).toEqual(['POST /oauth/token', READ, FORGET, ...emptying, ...emptying])
    expect(callsTo(calls, FORGET)[0]).toMatchObject({
      query: { siteCode: 'abc123def4' },
      body: 'visitor-1\nuser-1\nanonymous-1'
    })
    const [removed, emptied, removedLinks, emptiedLinks] = bodiesTo<object>(calls, WRITE)
    expect(removed).toEqual({
      'IDENTIFY_visitor-1': { plan: null, city: null },
      'COHORTS_visitor-1': { first_purchase: null },
      'IDENTIFY_user-1': { plan: null }
    })
    expect(emptied).toEqual({
      'IDENTIFY_visitor-1': {},
      'IDENTIFY_user-1': {},
      'IDENTIFY_anonymous-1': {},
      'COHORTS_visitor-1': {},
      'COHORTS_user-1': {},
      'COHORTS_anonymous-1': {}
    })
    expect(removedLinks).toEqual({ 'LINK_user-1': { kameleoonVisitorCode: null } })
    expect(emptiedLinks).toEqual({ 'LINK_user-1': {}, 'LINK_anonymous-1': {} })
    const query = { siteCode: 'abc123def4', ttlHours: '1' }
    expect(callsTo(calls, WRITE).map((call) => call.query)).toEqual([query, query, query, query])
  })

  it('says which visitors were forgotten', async () => {
    kameleoon({ [READ]: storing({ 'LINK_user-1': { kameleoonVisitorCode: 'visitor-1' } }) })
    await expect(deleteUser('user-1')).resolves.toEqual({ forgotten: ['visitor-1', 'user-1'] })
  })

  it('of whom nothing is stored still asks to forget the ids', async () => {
    const calls = kameleoon()
    await deleteUser(' user-1 ')
    expect(callsTo(calls, FORGET)[0].body).toBe('user-1')
    expect(bodiesTo(calls, WRITE)).toEqual([{ 'IDENTIFY_user-1': {}, 'COHORTS_user-1': {} }, { 'LINK_user-1': {} }])
  })

  it('with the same id twice names it once', async () => {
    const calls = kameleoon()
    await deleteUser('same', 'same')
    expect(callsTo(calls, FORGET)[0].body).toBe('same')
  })

  it('whose id is too long for any key or code neither reads nor writes under it', async () => {
    const calls = kameleoon()
    await deleteUser('u'.repeat(200), 'anonymous-1')
    expect(callsTo(calls, FORGET)[0].body).toBe('anonymous-1')
    expect(calls.map(({ body }) => body).join()).not.toContain('uuu')
  })

  it('empties what was stored under a user id that cannot be a visitor code', async () => {
    const calls = kameleoon()
    await runBatch(
      [{ type: 'identify', userId: 'two\nlines', traits: { kameleoonVisitorCode: 'visitor-1', plan: 'pro' } }],
      { partnerAction: 'identifyEvent' }
    )
    const stored = Object.keys(bodiesTo<object>(calls, WRITE)[0])
    expect(stored).toContain('IDENTIFY_two\nlines')
    startFromEmpty()
    const deletion = kameleoon({ [READ]: storing({ 'LINK_two\nlines': { kameleoonVisitorCode: 'visitor-1' } }) })
    await deleteUser('two\nlines')
    const emptied = bodiesTo<object>(deletion, WRITE).flatMap((maps) => Object.keys(maps))
    expect(emptied).toEqual(expect.arrayContaining(['IDENTIFY_visitor-1', 'IDENTIFY_two\nlines', 'LINK_two\nlines']))
    expect(callsTo(deletion, FORGET)[0].body).toBe('visitor-1')
  })

  it('never lets a line break in an id name another visitor', async () => {
    const calls = kameleoon()
    await deleteUser('user-1\nvisitor-of-somebody-else', 'anonymous-1')
    expect(callsTo(calls, FORGET)[0].body).toBe('anonymous-1')
  })

  it('no longer uses the link that this process remembered', async () => {
    const link = { 'LINK_user-1': { kameleoonVisitorCode: 'visitor-1' } }
    const stored: Record<string, object> = { ...link }
    const calls = kameleoon({ [READ]: (call) => (storing(stored) as (call: unknown) => object)(call) })
    const signUp = { type: 'track' as const, event: 'Sign Up', userId: 'user-1', anonymousId: undefined }
    const mapping = { goalId: '7' }
    await runBatch([signUp], { partnerAction: 'logEvent', mapping })
    await deleteUser('user-1')
    delete stored['LINK_user-1']
    await runBatch([signUp], { partnerAction: 'logEvent', mapping })
    const codes = bodiesTo<Array<{ visitorCode: string }>>(calls, 'POST /visit/events').flat()
    expect(codes.map(({ visitorCode }) => visitorCode)).toEqual(['visitor-1', 'user-1'])
  })

  it.each([
    [undefined, undefined],
    ['', ' ']
  ])('without any id (%j, %j) is rejected', async (userId, anonymousId) => {
    kameleoon()
    const error = await errorFrom(() => deleteUser(userId, anonymousId))
    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error.message).toBe('userId and anonymousId are missing: nobody to delete.')
  })

  it.each([
    ['the link cannot be read', { [READ]: { status: 500 } }, 500],
    ['Kameleoon does not take the request to forget', { [FORGET]: { status: 503 } }, 503],
    ['the stored data cannot be emptied', { [WRITE]: { status: 429 } }, 429]
  ])('comes again as a whole if %s', async (_case, answers, status) => {
    kameleoon(answers)
    const error = await errorFrom(() => deleteUser('user-1'))
    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({ status })
  })
})
