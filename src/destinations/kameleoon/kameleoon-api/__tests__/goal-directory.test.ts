import { MINUTE, SECOND, stopClock } from '../../__tests__/__helpers__/clock'
import {
  bodiesTo,
  callsTo,
  errorFrom,
  kameleoon,
  operationsOf,
  startFromEmpty,
  testClient
} from '../../__tests__/__helpers__/kameleoon'
import type { Call } from '../../__tests__/__helpers__/kameleoon'
import { BudgetError, ResponseError, UnknownSiteError } from '../errors'
import { GoalDirectory } from '../goal-directory'

const LIST = 'GET /goals'
const CREATE = 'POST /goals'

const goal = (id: number, name: string, more: object = {}) => ({ id, name, type: 'CUSTOM', status: 'ACTIVE', ...more })

/** A page of a list with this many goals, named for page and place. */
const page = (number: number, count: number) =>
  Array.from({ length: count }, (_, index) => goal(number * 1000 + index, `Goal ${number}-${index}`))

/** Names as an event has them: found under any of them, created under the last. */
const named = (existing: string[]) => ({ existing, created: existing[existing.length - 1] })

beforeEach(startFromEmpty)
afterEach(() => {
  jest.restoreAllMocks()
})

describe('the goals of a project', () => {
  it('are listed by the number of the project, with the filters in the address', async () => {
    const calls = kameleoon({ [LIST]: { body: [goal(7, 'Sign Up')] } })
    await expect(new GoalDirectory().find(testClient(), named(['Sign Up']))).resolves.toMatchObject({
      id: 7,
      name: 'Sign Up'
    })
    expect(operationsOf(calls)).toEqual(['POST /oauth/token', 'GET /sites', LIST])
    expect(JSON.parse(calls[1].query.filter)).toEqual([
      { field: 'code', operator: 'EQUAL', parameters: ['abc123def4'] }
    ])
    expect(JSON.parse(calls[2].query.filter)).toEqual([{ field: 'siteId', operator: 'EQUAL', parameters: [17] }])
    expect(calls[2]).toMatchObject({ host: 'https://api.kameleoon.com', query: { page: '1', perPage: '200' } })
  })

  it('are found by the first name that exists', async () => {
    kameleoon({ [LIST]: { body: [goal(1, 'SegmentIO track - Sign Up'), goal(2, 'Sign Up')] } })
    const directory = new GoalDirectory()
    await expect(directory.find(testClient(), named(['Sign Up', 'SegmentIO track - Sign Up']))).resolves.toMatchObject({
      id: 2
    })
    await expect(directory.find(testClient(), named(['Other', 'SegmentIO track - Sign Up']))).resolves.toMatchObject({
      id: 1
    })
    await expect(directory.find(testClient(), named(['sign up']))).resolves.toBeUndefined()
  })

  it.each([
    ['inactive', { status: 'INACTIVE' }],
    ['archived', { isArchived: true }]
  ])('are found active rather than %s, in whatever order they come', async (_case, off) => {
    for (const body of [
      [goal(1, 'Sign Up', off), goal(2, 'Sign Up')],
      [goal(2, 'Sign Up'), goal(1, 'Sign Up', off)]
    ]) {
      startFromEmpty()
      kameleoon({ [LIST]: { body } })
      await expect(new GoalDirectory().find(testClient(), named(['Sign Up']))).resolves.toMatchObject({ id: 2 })
    }
  })

  it.each([
    ['pages of 200', [200, 200, 3], 3],
    ['pages of 50', [50, 50, 50, 0], 4],
    ['a page just below the smallest size', [49], 1],
    ['none', [0], 1]
  ])('are read to the last page: %s', async (_case, sizes, requests) => {
    const calls = kameleoon({ [LIST]: ({ query }) => ({ body: page(+query.page, sizes[+query.page - 1] ?? 0) }) })
    const directory = new GoalDirectory()
    for (const [index, size] of sizes.entries()) {
      if (size === 0) continue
      const name = `Goal ${index + 1}-${size - 1}`
      await expect(directory.find(testClient(), named([name]))).resolves.toMatchObject({ name })
    }
    await directory.find(testClient(), named(['Other']))
    expect(callsTo(calls, LIST)).toHaveLength(requests)
  })

  it('do not go on for ever where every page is the same', async () => {
    const calls = kameleoon({ [LIST]: { body: page(1, 50) } })
    await new GoalDirectory().find(testClient(), named(['Other']))
    expect(callsTo(calls, LIST)).toHaveLength(2)
  })

  it('are read once for many concurrent callers', async () => {
    const calls = kameleoon({ [LIST]: { body: [goal(7, 'Sign Up')] } })
    const directory = new GoalDirectory()
    const found = await Promise.all(Array.from({ length: 50 }, () => directory.find(testClient(), named(['Sign Up']))))
    expect(found.every((item) => item?.id === 7)).toBe(true)
    expect(operationsOf(calls)).toEqual(['POST /oauth/token', 'GET /sites', LIST])
  })

  it('are remembered for ten minutes, unknown names too', async () => {
    const clock = stopClock('2026-01-31T12:00:00.000Z')
    const calls = kameleoon({ [LIST]: [{ body: [] }, { body: [goal(7, 'Sign Up')] }] })
    const directory = new GoalDirectory()
    await expect(directory.find(testClient(), named(['Sign Up']))).resolves.toBeUndefined()
    await clock.pass(10 * MINUTE - 1)
    await expect(directory.find(testClient(), named(['Sign Up']))).resolves.toBeUndefined()
    expect(callsTo(calls, LIST)).toHaveLength(1)
    await clock.pass(1)
    await expect(directory.find(testClient(), named(['Sign Up']))).resolves.toMatchObject({ id: 7 })
    expect(callsTo(calls, LIST)).toHaveLength(2)
  })

  it('are not remembered where the reading failed', async () => {
    kameleoon({ [LIST]: [{ status: 500 }, { body: [goal(7, 'Sign Up')] }] })
    const directory = new GoalDirectory()
    await expect(errorFrom(() => directory.find(testClient(), named(['Sign Up'])))).resolves.toBeInstanceOf(
      ResponseError
    )
    await expect(directory.find(testClient(), named(['Sign Up']))).resolves.toMatchObject({ id: 7 })
  })

  it('are not known for a site code that the account does not have', async () => {
    kameleoon({ 'GET /sites': { body: [{ id: 1, code: 'other00000' }] } })
    const error = await errorFrom(() => new GoalDirectory().find(testClient(), named(['Sign Up'])))
    expect(error).toBeInstanceOf(UnknownSiteError)
    expect(error.message).toMatch(/^Sitecode abc123def4 was not found for this Kameleoon account\. Copy it from/)
  })

  it.each([
    ['entries that are no goals', [null, 'text', { id: 'x', name: 'Sign Up' }, { id: 3 }]],
    ['nothing', []]
  ])('are none for %s', async (_case, body) => {
    kameleoon({ [LIST]: { body } })
    await expect(new GoalDirectory().find(testClient(), named(['Sign Up']))).resolves.toBeUndefined()
  })
})

describe('a goal that does not exist', () => {
  const names = ['Sign Up', 'SegmentIO track - Sign Up']

  it('is created under the last name, as a custom goal that a visitor may convert several times', async () => {
    const calls = kameleoon()
    await expect(new GoalDirectory().findOrCreate(testClient(), named(names))).resolves.toMatchObject({ id: 900 })
    const [creation] = callsTo(calls, CREATE)
    expect(creation).toMatchObject({ host: 'https://api.kameleoon.com', query: {} })
    expect(creation.headers['content-type']).toBe('application/json')
    expect(JSON.parse(creation.body)).toEqual({
      name: 'SegmentIO track - Sign Up',
      siteId: 17,
      type: 'CUSTOM',
      hasMultipleConversions: true,
      status: 'ACTIVE'
    })
  })

  it('is created once for many concurrent callers, and found afterwards', async () => {
    const calls = kameleoon()
    const directory = new GoalDirectory()
    const found = await Promise.all(
      Array.from({ length: 50 }, () => directory.findOrCreate(testClient(), named(names)))
    )
    expect(found.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, () => 900))
    await expect(directory.find(testClient(), named(names))).resolves.toMatchObject({ id: 900 })
    expect(callsTo(calls, CREATE)).toHaveLength(1)
  })

  it('is not created where it exists', async () => {
    const calls = kameleoon({ [LIST]: { body: [goal(7, 'Sign Up')] } })
    await expect(new GoalDirectory().findOrCreate(testClient(), named(names))).resolves.toMatchObject({ id: 7 })
    expect(callsTo(calls, CREATE)).toEqual([])
  })

  it('is looked for again first, since another process may have created it', async () => {
    const clock = stopClock('2026-01-31T12:00:00.000Z')
    const calls = kameleoon({ [LIST]: [{ body: [] }, { body: [goal(8, 'SegmentIO track - Sign Up')] }] })
    const directory = new GoalDirectory()
    await directory.find(testClient(), named(['Other']))
    await clock.pass(11 * SECOND)
    await expect(directory.findOrCreate(testClient(), named(names))).resolves.toMatchObject({ id: 8 })
    expect(callsTo(calls, CREATE)).toEqual([])
  })

  it('is not looked for again where the list is fresh', async () => {
    const calls = kameleoon()
    const directory = new GoalDirectory()
    await directory.find(testClient(), named(['Other']))
    await directory.findOrCreate(testClient(), named(names))
    expect(operationsOf(calls)).toEqual(['POST /oauth/token', 'GET /sites', LIST, CREATE])
  })

  it.each([400, 409])('and whose creation is answered with %d is looked for once more', async (status) => {
    const calls = kameleoon({
      [LIST]: [{ body: [] }, { body: [goal(8, 'SegmentIO track - Sign Up')] }],
      [CREATE]: { status, body: { message: 'name exists' } }
    })
    await expect(new GoalDirectory().findOrCreate(testClient(), named(names))).resolves.toMatchObject({ id: 8 })
    expect(operationsOf(calls)).toEqual(['POST /oauth/token', 'GET /sites', LIST, CREATE, LIST])
  })

  it.each([400, 409])(
    'and is not there after an answer of %d stays an error in the words of Kameleoon',
    async (status) => {
      kameleoon({ [CREATE]: { status, body: { message: 'name is too long' } } })
      const error = await errorFrom(() => new GoalDirectory().findOrCreate(testClient(), named(names)))
      expect(error.message).toBe(`Kameleoon answered ${status} to POST /goals: name is too long`)
    }
  )

  it.each([403, 429, 500])('and whose creation is answered with %d may be created another time', async (status) => {
    const calls = kameleoon({ [CREATE]: [{ status }, { status: 201, body: goal(901, names[1]) }] })
    const directory = new GoalDirectory()
    await expect(errorFrom(() => directory.findOrCreate(testClient(), named(names)))).resolves.toMatchObject({ status })
    await expect(directory.findOrCreate(testClient(), named(names))).resolves.toMatchObject({ id: 901 })
    expect(callsTo(calls, CREATE)).toHaveLength(2)
  })

  it('and whose creation is not answered with a goal is an error', async () => {
    kameleoon({ [CREATE]: { status: 201, body: {} } })
    const error = await errorFrom(() => new GoalDirectory().findOrCreate(testClient(), named(names)))
    expect(error.message).toBe("Kameleoon's answer to POST /goals has no goal")
  })
})

describe('a flood of new names', () => {
  it('stays within 50 requests in 10 seconds; more than that is retried later', async () => {
    const clock = stopClock('2026-01-31T12:00:00.000Z')
    let id = 0
    const calls = kameleoon({
      [CREATE]: ({ body }: Call) => ({ status: 201, body: { ...(JSON.parse(body) as object), id: ++id } })
    })
    const directory = new GoalDirectory()
    const create = (name: string) => directory.findOrCreate(testClient(), named([name]))
    const names = Array.from({ length: 60 }, (_, index) => `Goal ${index}`)
    const results = await Promise.allSettled(names.map(create))
    const rejected = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
    expect(rejected).toHaveLength(12)
    expect(rejected[0]).toBeInstanceOf(BudgetError)
    expect(rejected[0]).toMatchObject({ retryAfterSeconds: 10 })
    expect(operationsOf(calls).filter((operation) => !operation.includes('oauth'))).toHaveLength(50)
    await clock.pass(10 * SECOND)
    await Promise.all(names.map(create))
    expect(bodiesTo<{ name: string }>(calls, CREATE).map(({ name }) => name)).toEqual(names)
  })
})
