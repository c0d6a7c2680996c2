import { MINUTE, SECOND, stopClock } from '../../__tests__/__helpers__/clock'
import { SITE_CODE, startFromEmpty, testConnection } from '../../__tests__/__helpers__/kameleoon'
import { goalNames } from '../../plan/conversion'
import { kameleoonClient } from '../client'
import { BudgetError } from '../errors'
import { GoalDirectory } from '../goal-directory'
import type { Goal } from '../automation-api'
import type { HttpRequest } from '../http'

const SITES = 'GET /sites'
const LIST = 'GET /goals'
const CREATE = 'POST /goals'

interface StoredGoal {
  id: number
  name: string
  status?: string
}

const named = (name: string) => goalNames('track', name)
const many = (count: number): StoredGoal[] =>
  Array.from({ length: count }, (_, index) => ({ id: index + 1, name: `Goal ${index + 1}` }))

/** A project at Kameleoon that can hold answers back: a listing is what it was when it was asked for. */
function projectWith(goals: StoredGoal[] = [], pageSize = 200) {
  const operations: string[] = []
  const held = new Map<string, Promise<void>>()

  function listed(query: URLSearchParams): StoredGoal[] {
    const filters = JSON.parse(query.get('filter') ?? '[]') as Array<{ field: string; parameters: unknown[] }>
    const name = filters.find(({ field }) => field === 'name')?.parameters[0]
    const page = Number(query.get('page'))
    return goals
      .filter((goal) => name === undefined || goal.name === name)
      .slice((page - 1) * pageSize, page * pageSize)
  }

  function created(body: string): StoredGoal {
    const goal = { ...(JSON.parse(body) as { name: string }), id: 900_000 + goals.length }
    goals.push(goal)
    return goal
  }

  const request: HttpRequest = async (url, { method, body = '' }) => {
    const { pathname, searchParams } = new URL(url)
    const operation = `${method} ${pathname}`
    operations.push(operation)
    const answers: Record<string, unknown> = {
      'POST /oauth/token': { access_token: 'fake-token', expires_in: 7200 },
      [SITES]: [{ id: 17, code: SITE_CODE }],
      [LIST]: operation === LIST ? listed(searchParams) : undefined
    }
    await held.get(operation)
    const content = JSON.stringify(operation === CREATE ? created(String(body)) : answers[operation])
    return { status: 200, headers: { get: () => null }, content }
  }

  const count = (operation: string) => operations.filter((one) => one === operation).length
  return {
    goals,
    count,
    client: kameleoonClient(request, testConnection()),
    /** Answers to this operation wait until the returned function is called. */
    hold(operation: string): () => void {
      let release: () => void = () => undefined
      held.set(operation, new Promise((resolve) => (release = resolve)))
      return () => {
        held.delete(operation)
        release()
      }
    },
    /** Resolves once so many requests have come. */
    async reached(operation: string, times: number): Promise<void> {
      while (count(operation) < times) await new Promise(setImmediate)
    }
  }
}

/** Retries as Segment does: an event that is to be sent again later is sent again then. */
async function withRetries(
  clock: ReturnType<typeof stopClock>,
  action: () => Promise<Goal | undefined>,
  retries = 5
): Promise<Goal | undefined> {
  try {
    return await action()
  } catch (error) {
    if (!(error instanceof BudgetError) || retries === 0) throw error
    await clock.pass(error.retryAfterSeconds * SECOND)
    return withRetries(clock, action, retries - 1)
  }
}

let clock: ReturnType<typeof stopClock>
beforeEach(() => {
  startFromEmpty()
  clock = stopClock('2026-01-31T12:00:00.000Z')
})
afterEach(() => {
  jest.restoreAllMocks()
})

describe('a listing that was read while a goal was created', () => {
  it('does not make that goal be created again', async () => {
    const project = projectWith()
    const directory = new GoalDirectory()
    const goalFor = (name: string) => directory.findOrCreate(project.client, named(name))

    await directory.find(project.client, named('Other'))
    const answerCreation = project.hold(CREATE)
    const first = goalFor('A')
    await project.reached(CREATE, 1)
    await clock.pass(11 * SECOND)
    const answerListing = project.hold(LIST)
    const second = goalFor('B')
    await project.reached(LIST, 2)
    answerCreation()
    const { id } = await first
    answerListing()
    await second

    await expect(goalFor('A')).resolves.toMatchObject({ id })
    expect(project.goals.map(({ name }) => name)).toEqual(['SegmentIO track - A', 'SegmentIO track - B'])
    expect(project.count(CREATE)).toBe(2)
  })

  it('is followed by one that reads again what Kameleoon has', async () => {
    const project = projectWith()
    const directory = new GoalDirectory()
    await directory.findOrCreate(project.client, named('A'))
    project.goals.length = 0
    await clock.pass(21 * MINUTE)
    await expect(directory.find(project.client, named('A'))).resolves.toBeUndefined()
  })
})

describe('a project of more goals than the limit of requests lets read at once', () => {
  it('is read to its end by tries that go on where the one before stopped', async () => {
    const project = projectWith(many(3_000), 50)
    const directory = new GoalDirectory()
    const find = () => directory.find(project.client, named('Goal 2999'))
    await expect(find()).rejects.toBeInstanceOf(BudgetError)
    expect([project.count(SITES), project.count(LIST)]).toEqual([1, 49])
    await expect(withRetries(clock, find)).resolves.toMatchObject({ id: 2999 })
    // 60 full pages, and the empty one that marks the end.
    expect([project.count(SITES), project.count(LIST)]).toEqual([1, 61])
  })

  it('gets a goal that it does not have, after a look for its names alone', async () => {
    const project = projectWith(many(3_000), 50)
    const directory = new GoalDirectory()
    const goal = await withRetries(clock, () => directory.findOrCreate(project.client, named('New')))
    expect(goal).toMatchObject({ name: 'SegmentIO track - New' })
    expect([project.count(SITES), project.count(LIST), project.count(CREATE)]).toEqual([1, 61 + 3, 1])
  })

  it('does not get a goal that another process has created meanwhile', async () => {
    const project = projectWith(many(3_000), 50)
    const directory = new GoalDirectory()
    await withRetries(clock, () => directory.find(project.client, named('New')))
    project.goals.push({ id: 9_999, name: 'SegmentIO track - New' })
    await expect(directory.findOrCreate(project.client, named('New'))).resolves.toMatchObject({ id: 9_999 })
    expect(project.count(CREATE)).toBe(0)
  })

  it('is asked for its number once, also when the list is read again', async () => {
    const project = projectWith(many(3_000), 50)
    const directory = new GoalDirectory()
    for (let reading = 0; reading < 3; reading++) {
      await withRetries(clock, () => directory.find(project.client, named('Goal 1')))
      await clock.pass(11 * MINUTE)
    }
    expect(project.count(LIST)).toBeGreaterThan(120)
    expect(project.count(SITES)).toBe(1)
  })
})

describe('of several goals whose names fit, an event converts', () => {
  const [PLAIN, SEGMENT, FORMER] = ['Sign Up', 'SegmentIO track - Sign Up', 'Segment.io – Sign Up']
  const active = (name: string) => ({ name, status: 'ACTIVE' })
  const inactive = (name: string) => ({ name, status: 'INACTIVE' })

  it.each([
    ['the one of the plain name', [active(FORMER), active(SEGMENT), active(PLAIN)], PLAIN],
    ['that of the integration before that of the older help page', [active(FORMER), active(SEGMENT)], SEGMENT],
    ['that of the older help page', [active(FORMER)], FORMER],
    ['an active one rather than an inactive one of a better name', [inactive(PLAIN), active(SEGMENT)], SEGMENT],
    ['an active one of the worst name', [inactive(PLAIN), inactive(SEGMENT), active(FORMER)], FORMER],
    ['an inactive one of the best name if none is active', [inactive(FORMER), inactive(PLAIN)], PLAIN]
  ])('%s', async (_which, goals, expected) => {
    for (const listed of [goals, [...goals].reverse()]) {
      const project = projectWith(listed.map((goal, index) => ({ ...goal, id: index + 1 })))
      const goal = await new GoalDirectory().findOrCreate(project.client, named('Sign Up'))
      expect(goal.name).toBe(expected)
      expect(project.count(CREATE)).toBe(0)
    }
  })
})
