import { MINUTE, SECOND, stopClock } from '../../__tests__/__helpers__/clock'
import { kameleoon, callsTo, errorFrom, startFromEmpty, testClient } from '../../__tests__/__helpers__/kameleoon'
import {
  CREATE,
  FakeAutomationApi,
  findGoal,
  findOrCreateGoal,
  LIST,
  manyGoals,
  named,
  SITES
} from '../../__tests__/__helpers__/automation-api'
import type { Fault, StoredGoal } from '../../__tests__/__helpers__/automation-api'
import { AbortedError, BudgetError, UnknownSiteError } from '../errors'
import { GoalDirectory } from '../goal-directory'

const goal = (id: number, name: string, more: object = {}): StoredGoal => ({ id, name, status: 'ACTIVE', ...more })

let clock: ReturnType<typeof stopClock>
beforeEach(() => {
  startFromEmpty()
  clock = stopClock('2026-01-31T12:00:00.000Z')
})
afterEach(() => {
  jest.restoreAllMocks()
})

const FAULTS: Fault[] = [400, 401, 403, 404, 429, 500, 503, 'no connection', 'garbage']

describe('a goal that was found', () => {
  it.each(FAULTS)('is found for as long as the process lives, though Kameleoon answers with %s', async (fault) => {
    const api = new FakeAutomationApi([goal(7, 'Sign Up')])
    const directory = new GoalDirectory()
    await findGoal(directory, api.client(), named('Sign Up'))
    api.fault = () => fault
    for (const minutes of [11, 1, 660]) {
      await clock.pass(minutes * MINUTE)
      await expect(findGoal(directory, api.client(), named('Sign Up'))).resolves.toMatchObject({ id: 7 })
    }
  })

  it('is looked at again after ten minutes, after a failure once a minute', async () => {
    const api = new FakeAutomationApi([goal(7, 'Sign Up')])
    const directory = new GoalDirectory()
    const find = () => findGoal(directory, api.client(), named('Sign Up'))
    await find()
    await clock.pass(10 * MINUTE - 1)
    await find()
    expect(api.count(LIST)).toBe(1)
    api.fault = () => 503
    await clock.pass(1)
    for (let seconds = 0; seconds < 60; seconds += 10) {
      await find()
      await clock.pass(10 * SECOND)
    }
    expect(api.count(LIST)).toBe(2)
    api.fault = () => undefined
    for (let round = 0; round < 10; round++) await find()
    expect(api.count(LIST)).toBe(3)
  })

  it('is looked at again with the others, by one request in ten minutes', async () => {
    const api = new FakeAutomationApi(manyGoals(5))
    const directory = new GoalDirectory()
    for (let number = 1; number <= 5; number++) await findGoal(directory, api.client(), named(`Goal ${number}`))
    expect(api.count(LIST)).toBe(5)
    for (let minute = 0; minute < 60; minute++) {
      await clock.pass(MINUTE)
      await findGoal(directory, api.client(), named(`Goal ${(minute % 5) + 1}`))
    }
    expect(api.count(LIST)).toBe(5 + 6)
  })

  it('does not hold up others while it is looked at again', async () => {
    const api = new FakeAutomationApi([goal(7, 'Sign Up')])
    const directory = new GoalDirectory()
    await findGoal(directory, api.client(), named('Sign Up'))
    await clock.pass(11 * MINUTE)
    const release = api.hold(LIST)
    const first = findGoal(directory, api.client(), named('Sign Up'))
    await api.reached(LIST, 2)
    await expect(findGoal(directory, api.client(), named('Sign Up'))).resolves.toMatchObject({ id: 7 })
    release()
    await first
  })

  it.each([
    ['is archived', { isArchived: true }, { id: 7, state: 'archived' }],
    ['is inactive', { status: 'INACTIVE' }, { id: 7, state: 'inactive' }],
    ['has another number', { id: 8 }, { id: 8, state: 'active' }]
  ])('and meanwhile %s is found as such after ten minutes', async (_case, change, expected) => {
    const api = new FakeAutomationApi([goal(7, 'Sign Up')])
    const directory = new GoalDirectory()
    await findGoal(directory, api.client(), named('Sign Up'))
    Object.assign(api.goals[0], change)
    await clock.pass(11 * MINUTE)
    await expect(findGoal(directory, api.client(), named('Sign Up'))).resolves.toMatchObject(expected)
  })

  it('stays where later answers do not have it', async () => {
    const api = new FakeAutomationApi([goal(7, 'Sign Up')])
    const directory = new GoalDirectory()
    await findOrCreateGoal(directory, api.client(), named('Sign Up'))
    api.goals.length = 0
    for (let round = 0; round < 3; round++) {
      await clock.pass(11 * MINUTE)
      await expect(findOrCreateGoal(directory, api.client(), named('Sign Up'))).resolves.toMatchObject({ id: 7 })
    }
    expect(api.count(CREATE)).toBe(0)
  })
})

describe('names', () => {
  it('are asked for exactly, in all forms in which a goal may have them', async () => {
    const api = new FakeAutomationApi()
    await findGoal(new GoalDirectory(), api.client(), named('Café'))
    expect(api.asked[0]).toEqual([
      'Café',
      'Cafe\u0301',
      'SegmentIO track - Café',
      'SegmentIO track - Cafe\u0301',
      'Segment.io – Café',
      'Segment.io – Cafe\u0301'
    ])
  })

  it('of a batch are asked for together, in addresses that are not too long', async () => {
    const api = new FakeAutomationApi(manyGoals(300))
    const directory = new GoalDirectory()
    const names = Array.from({ length: 300 }, (_, index) => named(`Goal ${index + 1}`))
    await expect(directory.learn(api.client(), names)).resolves.toEqual(new Map())
    expect(names.map((one) => directory.find(one)?.id)).toEqual(api.goals.map(({ id }) => id))
    expect(api.count(LIST)).toBeLessThan(10)
    const lengths = api.asked.map((parameters) => encodeURIComponent(JSON.stringify(parameters)).length)
    expect(Math.max(...lengths)).toBeLessThan(6000)
  })

  it('are asked for one by one where Kameleoon does not know IN, which is tried once', async () => {
    const api = new FakeAutomationApi([goal(7, 'Sign Up'), goal(8, 'SegmentIO track - Sign In')])
    api.knowsIn = false
    const directory = new GoalDirectory()
    await expect(findGoal(directory, api.client(), named('Sign Up'))).resolves.toMatchObject({ id: 7 })
    await expect(findGoal(directory, api.client(), named('Sign In'))).resolves.toMatchObject({ id: 8 })
    expect(api.asked.filter((parameters) => parameters && parameters.length > 1)).toHaveLength(1)
    await clock.pass(11 * MINUTE)
    const before = api.count(LIST)
    await findGoal(directory, api.client(), named('Sign In'))
    expect(api.asked.slice(before)).toHaveLength(1)
  })

  it('that many callers want at once are asked for once', async () => {
    const api = new FakeAutomationApi([goal(7, 'Sign Up')])
    const directory = new GoalDirectory()
    const found = await Promise.all(
      Array.from({ length: 50 }, () => findGoal(directory, api.client(), named('Sign Up')))
    )
    expect(found.every((one) => one?.id === 7)).toBe(true)
    expect([api.count(SITES), api.count(LIST)]).toEqual([1, 1])
  })

  it('that could not be asked for are asked for again at once, and concurrent callers share the failure', async () => {
    const api = new FakeAutomationApi([goal(7, 'Sign Up')])
    const directory = new GoalDirectory()
    const find = () => findGoal(directory, api.client(), named('Sign Up'))
    api.fault = (operation) => (operation === LIST ? 503 : undefined)
    const results = await Promise.allSettled([find(), find(), find()])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(api.count(LIST)).toBe(1)
    api.fault = () => undefined
    await expect(find()).resolves.toMatchObject({ id: 7 })
  })

  it('of a host that ends the delivery are asked for anew by those who waited with it', async () => {
    const api = new FakeAutomationApi([goal(7, 'Sign Up')])
    const directory = new GoalDirectory()
    const controller = new AbortController()
    const release = api.hold(SITES)
    const ended = findGoal(directory, api.client(controller.signal), named('Sign Up'))
    await api.reached(SITES, 1)
    const other = findGoal(directory, api.client(), named('Sign Up'))
    controller.abort()
    release()
    await expect(ended).rejects.toBeInstanceOf(AbortedError)
    await expect(other).resolves.toMatchObject({ id: 7 })
  })

  it('without a goal are remembered for ten minutes', async () => {
    const api = new FakeAutomationApi()
    const directory = new GoalDirectory()
    await expect(findGoal(directory, api.client(), named('Sign Up'))).resolves.toBeUndefined()
    const requests = api.count(LIST)
    api.goals.push(goal(7, 'Sign Up'))
    await clock.pass(10 * MINUTE - 1)
    await expect(findGoal(directory, api.client(), named('Sign Up'))).resolves.toBeUndefined()
    expect(api.count(LIST)).toBe(requests)
    await clock.pass(1)
    await expect(findGoal(directory, api.client(), named('Sign Up'))).resolves.toMatchObject({ id: 7 })
  })

  it('are those of the project alone, where Kameleoon ignores filters', async () => {
    const api = new FakeAutomationApi([{ ...goal(6, 'Sign Up'), siteId: 99 } as StoredGoal, goal(7, 'Other')])
    api.ignoresNames = true
    await expect(findGoal(new GoalDirectory(), api.client(), named('Sign Up'))).resolves.toBeUndefined()
  })

  it('are not known for a site code that the account does not have', async () => {
    kameleoon({ 'GET /sites': { body: [{ id: 1, code: 'other00000' }] } })
    const error = await errorFrom(() => findGoal(new GoalDirectory(), testClient(), named('Sign Up')))
    expect(error).toBeInstanceOf(UnknownSiteError)
  })

  it.each([
    ['entries that are no goals', [null, 'text', { id: 'x', name: 'Sign Up' }, { id: 3 }]],
    ['nothing', []]
  ])('have no goal in a list of %s', async (_case, body) => {
    kameleoon({ [LIST]: { body } })
    await expect(findGoal(new GoalDirectory(), testClient(), named('Sign Up'))).resolves.toBeUndefined()
  })

  it('take memory for 5,000 at most, where they have no goal', async () => {
    const directory = new GoalDirectory()
    for (let round = 0; round < 60; round++) {
      const api = new FakeAutomationApi()
      const names = Array.from({ length: 100 }, (_, index) => named(`Viewed Product ${round * 100 + index}`))
      await directory.learn(api.client(), names)
      await clock.pass(6 * SECOND)
    }
    expect(directory.size).toBe(5000)
  })
})

describe('of several goals whose names fit, an event converts', () => {
  const [PLAIN, SEGMENT, FORMER] = ['Sign Up', 'SegmentIO track - Sign Up', 'Segment.io – Sign Up']
  const off = (name: string) => ({ name, status: 'INACTIVE' })
  const archived = (name: string) => ({ name, isArchived: true })
  const computed = (name: string) => ({ name, type: 'WAREHOUSE' })

  it.each<[string, Array<Omit<StoredGoal, 'id'>>, string]>([
    ['the one of the plain name', [{ name: FORMER }, { name: SEGMENT }, { name: PLAIN }], PLAIN],
    ['that of the integration before that of the older page', [{ name: FORMER }, { name: SEGMENT }], SEGMENT],
    ['that of the older help page', [{ name: FORMER }], FORMER],
    ['an active one rather than an inactive one of a better name', [off(PLAIN), { name: SEGMENT }], SEGMENT],
    ['an inactive one of the best name if none is active', [off(FORMER), off(PLAIN)], PLAIN],
    ['an inactive one rather than one that Kameleoon computes', [computed(PLAIN), off(SEGMENT)], SEGMENT],
    ['none that is archived if there is another', [archived(PLAIN), off(FORMER)], FORMER]
  ])('%s', async (_which, goals, expected) => {
    for (const listed of [goals, [...goals].reverse()]) {
      const api = new FakeAutomationApi(listed.map((one, index) => ({ ...one, id: index + 1 })))
      const found = await findOrCreateGoal(new GoalDirectory(), api.client(), named('Sign Up'))
      expect(found?.name).toBe(expected)
      expect(api.count(CREATE)).toBe(0)
    }
  })

  it('the active one of two with the same name, in whatever order they come', async () => {
    for (const goals of [
      [goal(1, PLAIN, { isArchived: true }), goal(2, PLAIN)],
      [goal(2, PLAIN), goal(1, PLAIN, { status: 'INACTIVE' })]
    ]) {
      const api = new FakeAutomationApi(goals)
      await expect(findGoal(new GoalDirectory(), api.client(), named(PLAIN))).resolves.toMatchObject({ id: 2 })
    }
  })
})

describe('a goal that does not exist', () => {
  const names = named('Sign Up')

  it('is created as a custom goal that a visitor may convert several times', async () => {
    const calls = kameleoon()
    await expect(findOrCreateGoal(new GoalDirectory(), testClient(), names)).resolves.toMatchObject({ id: 900 })
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
    const api = new FakeAutomationApi()
    const directory = new GoalDirectory()
    const created = await Promise.all(
      Array.from({ length: 50 }, () => findOrCreateGoal(directory, api.client(), names))
    )
    expect(new Set(created.map((one) => one?.id)).size).toBe(1)
    await expect(findGoal(directory, api.client(), names)).resolves.toMatchObject({ id: created[0]?.id })
    expect(api.count(CREATE)).toBe(1)
  })

  it('is asked for by its exact names right before it is created, since another process may have created it', async () => {
    const api = new FakeAutomationApi()
    const directory = new GoalDirectory()
    await findGoal(directory, api.client(), names)
    await clock.pass(11 * SECOND)
    api.goals.push(goal(8, 'SegmentIO track - Sign Up'))
    await expect(findOrCreateGoal(directory, api.client(), names)).resolves.toMatchObject({ id: 8 })
    expect(api.count(CREATE)).toBe(0)
  })

  it.each(FAULTS)('is not created where it could not be asked for (%s)', async (fault) => {
    const api = new FakeAutomationApi()
    api.fault = (operation) => (operation === LIST ? fault : undefined)
    await expect(findOrCreateGoal(new GoalDirectory(), api.client(), names)).rejects.toThrow()
    expect(api.count(CREATE)).toBe(0)
  })

  it.each([400, 409])('and whose creation is answered with %d is asked for once more', async (status) => {
    const api = new FakeAutomationApi()
    api.fault = (operation) => {
      if (operation !== CREATE) return undefined
      api.goals.push(goal(8, 'SegmentIO track - Sign Up'))
      return status
    }
    await expect(findOrCreateGoal(new GoalDirectory(), api.client(), names)).resolves.toMatchObject({ id: 8 })
  })

  it.each([400, 409])('and is not there after an answer of %d stays an error in words', async (status) => {
    kameleoon({ [CREATE]: { status, body: { message: 'name is too long' } } })
    const error = await errorFrom(() => findOrCreateGoal(new GoalDirectory(), testClient(), names))
    expect(error.message).toBe(`Kameleoon answered ${status} to POST /goals: name is too long`)
  })

  it.each<Fault>([403, 429, 500, 'no connection'])(
    'and whose creation ended with %s is asked for again before it is created another time',
    async (fault) => {
      const api = new FakeAutomationApi()
      const directory = new GoalDirectory()
      api.fault = (operation) => (operation === CREATE ? fault : undefined)
      await expect(findOrCreateGoal(directory, api.client(), names)).rejects.toThrow()
      api.fault = () => undefined
      const asked = api.count(LIST)
      await expect(findOrCreateGoal(directory, api.client(), names)).resolves.toMatchObject({ name: names.created })
      expect(api.count(LIST)).toBe(asked + 1)
    }
  )

  it('is not created twice where it was asked for before the answer to its creation was lost', async () => {
    const api = new FakeAutomationApi()
    const directory = new GoalDirectory()
    await findGoal(directory, api.client(), names)
    await clock.pass(11 * SECOND)
    const release = api.hold(LIST)
    const other = findOrCreateGoal(directory, api.client(), names)
    await api.reached(LIST, 3)
    api.fault = (operation) => {
      if (operation !== CREATE) return undefined
      api.goals.push(goal(8, names.created))
      return 'no connection'
    }
    const first = directory.create(api.client(), names)
    release()
    await Promise.allSettled([first, other])
    api.fault = () => undefined
    await expect(findOrCreateGoal(directory, api.client(), names)).resolves.toMatchObject({ id: 8 })
    expect(api.count(CREATE)).toBe(1)
  })

  it('and whose creation is not answered with a goal is an error', async () => {
    kameleoon({ [CREATE]: { status: 201, body: {} } })
    const error = await errorFrom(() => findOrCreateGoal(new GoalDirectory(), testClient(), names))
    expect(error.message).toBe("Kameleoon's answer to POST /goals has no goal")
  })
})

describe('a flood of new names', () => {
  const flood = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => named(`Viewed Product ${from + index}`))

  /** A batch as delivery takes it: asked for together, then created as far as may be. */
  async function batch(directory: GoalDirectory, api: FakeAutomationApi, names: ReturnType<typeof named>[]) {
    const unsure = names.filter((one) => directory.isUnsure(one, true))
    const failures = await directory.learn(api.client(), unsure)
    return Promise.allSettled(
      names.map(async (one) => {
        const known = directory.find(one)
        if (!known && failures.has(one.created)) throw failures.get(one.created)
        return known ?? directory.create(api.client(), one)
      })
    )
  }

  const rejectionsOf = (results: Array<PromiseSettledResult<unknown>>) =>
    results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))

  it('makes 100 goals an hour at most, within 50 requests in 10 seconds; what waits says how long', async () => {
    const api = new FakeAutomationApi(manyGoals(3))
    const directory = new GoalDirectory()
    const names = flood(1000)
    const first = await batch(directory, api, names)
    const requests = api.operations.length - 1
    expect(requests).toBeLessThanOrEqual(50)
    const waiting = rejectionsOf(first)
    expect(waiting.every((error) => error instanceof BudgetError && error.retryAfterSeconds <= 10)).toBe(true)
    expect(first.slice(100).every((one) => one.status === 'fulfilled' && one.value === undefined)).toBe(true)
    for (let round = 0; round < 10; round++) {
      await clock.pass(10 * SECOND)
      await batch(directory, api, names)
    }
    expect(api.count(CREATE)).toBe(100)
    expect(api.goals.slice(3).map(({ name }) => name)).toEqual(names.slice(0, 100).map(({ created }) => created))
    await clock.pass(60 * MINUTE)
    await batch(directory, api, names.slice(100, 120))
    expect(api.count(CREATE)).toBe(120)
  })

  it('leaves enough requests to find a goal that exists, in a project with many goals too', async () => {
    for (const size of [3, 20_000]) {
      startFromEmpty()
      const api = new FakeAutomationApi([...manyGoals(size), goal(99_999, 'Order Completed')])
      const directory = new GoalDirectory()
      await batch(directory, api, flood(1000))
      await expect(findGoal(directory, api.client(), named('Order Completed'), true)).resolves.toMatchObject({
        id: 99_999
      })
    }
  })

  it('in single events leaves enough requests, too', async () => {
    const api = new FakeAutomationApi([...manyGoals(3), goal(99_999, 'Order Completed')])
    const directory = new GoalDirectory()
    for (const [index, names] of flood(1000).entries()) {
      await batch(directory, api, [names])
      if (index % 10 === 9) await clock.pass(10 * SECOND)
    }
    await expect(findGoal(directory, api.client(), named('Order Completed'), true)).resolves.toMatchObject({
      id: 99_999
    })
    expect(api.count(CREATE)).toBe(100)
  })

  it('never makes a second goal where the list is older than the goal of another process', async () => {
    const api = new FakeAutomationApi(manyGoals(3))
    const directory = new GoalDirectory()
    await batch(directory, api, flood(20))
    const later = flood(30, 500)
    api.goals.push(...later.map(({ created }, index) => goal(5000 + index, created)))
    for (let round = 0; round < 30; round++) {
      await Promise.all(later.map((names) => batch(directory, api, [names])))
      await clock.pass(2 * SECOND)
    }
    expect(api.goals.filter(({ name }) => later.some(({ created }) => created === name))).toHaveLength(30)
  })

  it('finds the goals that exist among the new names', async () => {
    const api = new FakeAutomationApi(manyGoals(1000))
    const directory = new GoalDirectory()
    const names = flood(1000).flatMap((one, index) => (index % 10 === 0 ? [one, named(`Goal ${index + 1}`)] : [one]))
    const results = await batch(directory, api, names)
    names.forEach(({ existing }, index) => {
      const [name] = existing
      if (name.startsWith('Goal')) expect(results[index]).toMatchObject({ value: { name } })
    })
  })
})
