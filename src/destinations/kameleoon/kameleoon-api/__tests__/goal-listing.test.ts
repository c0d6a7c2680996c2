import { MINUTE, SECOND, stopClock } from '../../__tests__/__helpers__/clock'
import { startFromEmpty } from '../../__tests__/__helpers__/kameleoon'
import {
  CREATE,
  FakeAutomationApi,
  findGoal,
  findOrCreateGoal,
  LIST,
  manyGoals,
  named,
  SITES,
  withRetries
} from '../../__tests__/__helpers__/automation-api'
import type { StoredGoal } from '../../__tests__/__helpers__/automation-api'
import { GoalDirectory } from '../goal-directory'

let clock: ReturnType<typeof stopClock>
beforeEach(() => {
  startFromEmpty()
  clock = stopClock('2026-01-31T12:00:00.000Z')
})
afterEach(() => {
  jest.restoreAllMocks()
})

describe('a name that is written a little differently', () => {
  it.each([
    ['with spaces at the ends', ' Order Completed '],
    ['with spaces that do not break', '\u00a0Order Completed\u00a0'],
    ['with characters that nobody sees at the ends', '\u200bOrder Completed\ufeff']
  ])('in Kameleoon, %s, is found in the list', async (_case, name) => {
    const api = new FakeAutomationApi([{ id: 7, name }])
    const found = await findOrCreateGoal(new GoalDirectory(), api.client(), named('Order Completed'))
    expect(found).toMatchObject({ id: 7 })
    expect(api.count(CREATE)).toBe(0)
  })

  it('with accents in another form is found in a list of any length', async () => {
    const api = new FakeAutomationApi([...manyGoals(20_000), { id: 99_999, name: 'Commande valide\u0301e' }])
    const found = await findOrCreateGoal(new GoalDirectory(), api.client(), named('Commande validée'))
    expect(found).toMatchObject({ id: 99_999 })
  })

  it('with other capitals is another name', async () => {
    const api = new FakeAutomationApi([{ id: 7, name: 'ORDER COMPLETED' }])
    await findOrCreateGoal(new GoalDirectory(), api.client(), named('Order Completed'))
    expect(api.count(CREATE)).toBe(1)
  })
})

/** Ways in which the list of all goals can be wrong; a list that is asked for by name is right. */
const MISTAKES: Record<string, (page: number, all: (page: number) => StoredGoal[]) => StoredGoal[]> = {
  'is empty': () => [],
  'has an empty second page': (page, all) => (page === 2 ? [] : all(page)),
  'is the first page whatever page is asked for': (_page, all) => all(1),
  'repeats its first page': (page, all) => all(Math.max(1, page - 1)),
  'has pages out of order': (page, all) => all(page % 2 === 0 ? 9 - page : page),
  'comes with half of its goals': (page, all) => all(page).filter(({ id }) => id % 2 === 0)
}

describe.each(Object.entries(MISTAKES))('a list that %s', (_mistake, listed) => {
  it.each([200, 50, 7])('never makes a second goal, and loses none, with %d goals a page', async (pageSize) => {
    const api = new FakeAutomationApi(manyGoals(430))
    api.pageSize = pageSize
    api.listed = (goals, page) => listed(page, (number) => goals.slice((number - 1) * pageSize, number * pageSize))
    const directory = new GoalDirectory()
    for (const number of [1, 57, 213, 430]) {
      const found = await withRetries(clock, () => findOrCreateGoal(directory, api.client(), named(`Goal ${number}`)))
      expect(found).toMatchObject({ id: number })
      await withRetries(clock, () => findOrCreateGoal(directory, api.client(), named(`New ${number}`)))
      await clock.pass(3 * MINUTE)
    }
    const created = api.goals.slice(430).map(({ name }) => name)
    expect(created).toEqual([1, 57, 213, 430].map((number) => `SegmentIO track - New ${number}`))
  })
})

describe('an answer by name that comes in short pages', () => {
  it('is read to its end where a name is missing', async () => {
    const api = new FakeAutomationApi(manyGoals(30))
    api.pageSize = 4
    const directory = new GoalDirectory()
    const names = Array.from({ length: 31 }, (_, index) => named(`Goal ${index + 1}`))
    await directory.learn(api.client(), names)
    expect(names.map((one) => directory.find(one)?.id)).toEqual([...api.goals.map(({ id }) => id), undefined])
  })
})

describe('a list', () => {
  it('is read once where it is short, and not at all where every name is found', async () => {
    const api = new FakeAutomationApi(manyGoals(300))
    const directory = new GoalDirectory()
    await findGoal(directory, api.client(), named('Goal 1'))
    expect(api.asked).toEqual([expect.anything()])
    for (let number = 0; number < 5; number++) await findGoal(directory, api.client(), named(`Other ${number}`))
    expect(api.asked.filter((names) => names === undefined)).toHaveLength(3)
    await findGoal(directory, api.client(), named('Goal 299'))
    expect(api.asked).toHaveLength(1 + 5 + 3)
  })

  it('of 20,000 goals is given up after five pages, and tried again after 50 minutes at the earliest', async () => {
    const api = new FakeAutomationApi(manyGoals(20_000))
    const directory = new GoalDirectory()
    const pages = () => api.asked.filter((names) => names === undefined).length
    for (let minute = 0; minute < 50; minute++) {
      await findGoal(directory, api.client(), named(`Other ${minute}`))
      await clock.pass(MINUTE)
    }
    expect(pages()).toBe(5)
    await findGoal(directory, api.client(), named('Other'))
    expect(pages()).toBe(10)
  })

  it('is read whole where Kameleoon ignores that names are asked for, by tries that go on where one stopped', async () => {
    const api = new FakeAutomationApi(manyGoals(3000))
    api.pageSize = 50
    api.ignoresNames = true
    const directory = new GoalDirectory()
    const find = () => findGoal(directory, api.client(), named('Goal 2999'))
    await expect(find()).rejects.toThrow('used up')
    await expect(withRetries(clock, find)).resolves.toMatchObject({ id: 2999 })
    expect(api.count(SITES)).toBe(1)
    // 60 full pages, and the first of a try is an answer to a name that was ignored.
    expect(api.asked.filter((names) => names === undefined).length).toBeLessThanOrEqual(61)
  })

  it('is read where Kameleoon does not understand that names are asked for', async () => {
    const api = new FakeAutomationApi([{ id: 7, name: 'Sign Up' }])
    api.fault = (_operation, isByName) => (isByName ? 400 : undefined)
    await expect(findGoal(new GoalDirectory(), api.client(), named('Sign Up'))).resolves.toMatchObject({ id: 7 })
    await expect(findGoal(new GoalDirectory(), api.client(), named('Other'))).resolves.toBeUndefined()
  })

  it('that ends in a failure gives the goals that were read before', async () => {
    const api = new FakeAutomationApi(manyGoals(600))
    let pages = 0
    api.fault = (operation, isByName) => {
      if (isByName) return 400
      return operation === LIST && ++pages > 2 ? 503 : undefined
    }
    const directory = new GoalDirectory()
    await expect(findGoal(directory, api.client(), named('Goal 399'))).resolves.toMatchObject({ id: 399 })
    await expect(findGoal(directory, api.client(), named('Goal 599'))).rejects.toThrow('503')
  })

  it('that was read while a goal was created does not make that goal be created again', async () => {
    const api = new FakeAutomationApi()
    const directory = new GoalDirectory()
    const goalFor = (name: string) => findOrCreateGoal(directory, api.client(), named(name))
    const answerCreation = api.hold(CREATE)
    const first = goalFor('A')
    await api.reached(CREATE, 1)
    await clock.pass(11 * SECOND)
    const answerListing = api.hold(LIST)
    const second = goalFor('B')
    await api.reached(LIST, 3)
    answerCreation()
    const created = await first
    answerListing()
    await second
    await expect(goalFor('A')).resolves.toMatchObject({ id: created?.id })
    expect(api.goals.map(({ name }) => name)).toEqual(['SegmentIO track - A', 'SegmentIO track - B'])
  })
})
