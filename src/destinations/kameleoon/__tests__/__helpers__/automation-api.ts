import { kameleoonClient } from '../../kameleoon-api/client'
import { BudgetError } from '../../kameleoon-api/errors'
import type { Goal } from '../../kameleoon-api/automation-api'
import type { GoalDirectory } from '../../kameleoon-api/goal-directory'
import type { GoalNames } from '../../kameleoon-api/goal-memory'
import type { HttpRequest, KameleoonClient } from '../../kameleoon-api/http'
import { goalNames } from '../../plan/goal-names'
import { SITE_CODE, testConnection } from './kameleoon'
import { SECOND } from './clock'
import type { stopClock } from './clock'

export const SITES = 'GET /sites'
export const LIST = 'GET /goals'
export const CREATE = 'POST /goals'

export interface StoredGoal {
  id: number
  name: string
  type?: string
  status?: string
  isArchived?: boolean
}

interface Filter {
  field: string
  operator: string
  parameters: unknown[]
}

/** An answer of the Automation API: a status, or that there is none. */
export type Fault = number | 'no connection' | 'garbage'

/** The Automation API of one account, without a network. A test changes its members as it goes. */
export class FakeAutomationApi {
  readonly operations: string[] = []
  /** For each request for goals, the names that were asked for; undefined where the list was read. */
  readonly asked: Array<unknown[] | undefined> = []
  /** A fault for a request, if it has one. */
  fault: (operation: string, isByName: boolean) => Fault | undefined = () => undefined
  /** What becomes of a page of the whole list. */
  listed: (goals: StoredGoal[], page: number) => StoredGoal[] = (goals, page) => this.page(goals, page)
  pageSize = 200
  knowsIn = true
  ignoresNames = false
  private readonly held = new Map<string, Promise<void>>()

  constructor(readonly goals: StoredGoal[] = []) {}

  client(signal?: AbortSignal): KameleoonClient {
    return kameleoonClient(this.request, testConnection(), signal)
  }

  count(operation: string): number {
    return this.operations.filter((one) => one === operation).length
  }

  /** Answers to this operation wait until the returned function is called. */
  hold(operation: string): () => void {
    let release: () => void = () => undefined
    this.held.set(operation, new Promise((resolve) => (release = resolve)))
    return () => {
      this.held.delete(operation)
      release()
    }
  }

  /** Resolves once so many requests have come. */
  async reached(operation: string, times: number): Promise<void> {
    while (this.count(operation) < times) await new Promise(setImmediate)
  }

  private readonly request: HttpRequest = async (url, { method, body = '' }) => {
    const { pathname, searchParams } = new URL(url)
    const operation = `${method} ${pathname}`
    this.operations.push(operation)
    if (operation === 'POST /oauth/token') return answer(200, { access_token: 'fake-token', expires_in: 7200 })
    const names = namesIn(searchParams)
    if (operation === LIST) this.asked.push(names?.parameters)
    const fault = this.fault(operation, names !== undefined)
    if (fault === 'no connection') throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
    if (fault === 'garbage') return { status: 200, headers: { get: () => null }, content: '<html>' }
    if (fault !== undefined) return answer(fault, { message: 'fault' })
    if (names?.operator === 'IN' && !this.knowsIn) return answer(400, { message: 'unknown operator' })
    const content = operation === CREATE ? undefined : this.contentOf(operation, searchParams)
    await this.held.get(operation)
    return answer(200, content ?? this.created(String(body)))
  }

  private contentOf(operation: string, query: URLSearchParams): unknown {
    if (operation === SITES) return [{ id: 17, code: SITE_CODE }]
    const page = Number(query.get('page'))
    const names = namesIn(query)
    if (!names || this.ignoresNames) return this.listed(this.goals, page)
    const wanted = new Set(names.parameters)
    return this.page(
      this.goals.filter(({ name }) => wanted.has(name)),
      page
    )
  }

  private page(goals: StoredGoal[], page: number): StoredGoal[] {
    return goals.slice((page - 1) * this.pageSize, page * this.pageSize)
  }

  private created(body: string): StoredGoal {
    const goal = { ...(JSON.parse(body) as { name: string }), id: 900_000 + this.goals.length }
    this.goals.push(goal)
    return goal
  }
}

function namesIn(query: URLSearchParams): Filter | undefined {
  const filters = JSON.parse(query.get('filter') ?? '[]') as Filter[]
  return filters.find(({ field }) => field === 'name')
}

function answer(status: number, content: unknown) {
  return { status, headers: { get: () => null }, content: JSON.stringify(content) }
}

export const named = (name: string): GoalNames => goalNames('track', name)

export const manyGoals = (count: number): StoredGoal[] =>
  Array.from({ length: count }, (_, index) => ({ id: index + 1, name: `Goal ${index + 1}` }))

/** The goal of an event, as delivery finds it. */
export async function findGoal(
  directory: GoalDirectory,
  client: KameleoonClient,
  names: GoalNames,
  mayCreate = false
): Promise<Goal | undefined> {
  await directory.refresh(client)
  const failures = directory.isUnsure(names, mayCreate) ? await directory.learn(client, [names]) : undefined
  const goal = directory.find(names)
  if (!goal && failures?.has(names.created)) throw failures.get(names.created)
  return goal
}

export async function findOrCreateGoal(
  directory: GoalDirectory,
  client: KameleoonClient,
  names: GoalNames
): Promise<Goal | undefined> {
  return (await findGoal(directory, client, names, true)) ?? directory.create(client, names)
}

/** Retries as Segment does: an event that is to be sent again later is sent again then. */
export async function withRetries<T>(
  clock: ReturnType<typeof stopClock>,
  action: () => Promise<T>,
  retries = 5
): Promise<T> {
  try {
    return await action()
  } catch (error) {
    if (!(error instanceof BudgetError) || retries === 0) throw error
    await clock.pass(error.retryAfterSeconds * SECOND)
    return withRetries(clock, action, retries - 1)
  }
}
