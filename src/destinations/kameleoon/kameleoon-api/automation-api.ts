import { isRecord } from '../values'
import type { KameleoonClient } from './http'
import { AUTOMATION_HOST } from './connection'
import { BudgetError, UnknownSiteError, UnreadableReplyError } from './errors'
import { jsonOf } from './http'
import { AUTOMATION_BUDGET, AUTOMATION_PAGE_SIZE, AUTOMATION_SMALLEST_PAGE_SIZE } from './limits'

export interface Goal {
  id: number
  name: string
  type?: string
  isActive: boolean
}

/** Custom data as a project defines it; events refer to it by `index`. */
export interface CustomDataDefinition {
  index: number
  name: string
}

/**
 * The number under which the Automation API knows the connection's project.
 * @throws UnknownSiteError if the account has no such project
 */
export async function findSiteId(client: KameleoonClient): Promise<number> {
  const { siteCode } = client.connection
  const { items } = await readPage(client, '/sites', [{ field: 'code', operator: 'EQUAL', parameters: [siteCode] }], 1)
  const site = items.find((item) => item.code === siteCode)
  if (typeof site?.id !== 'number') throw new UnknownSiteError(siteCode)
  return site.id
}

/** The goals of a project that have this name. */
export async function readGoalsNamed(client: KameleoonClient, siteId: number, name: string): Promise<Goal[]> {
  const filters: Filter[] = [ofSite(siteId), { field: 'name', operator: 'EQUAL', parameters: [name] }]
  const { items } = await readPage(client, '/goals', filters, 1)
  return items.map(goalOf).filter((goal): goal is Goal => goal?.name === name)
}

/** One page of a project's goals. @param page from 1 */
export async function readGoals(
  client: KameleoonClient,
  siteId: number,
  page: number
): Promise<{ goals: Goal[]; isLast: boolean }> {
  const { items, isLast } = await readPage(client, '/goals', [ofSite(siteId)], page)
  return { goals: items.map(goalOf).filter((goal): goal is Goal => goal !== undefined), isLast }
}

/** Creates a custom goal that a visitor may convert several times. */
export async function createGoal(client: KameleoonClient, siteId: number, name: string): Promise<Goal> {
  const reply = await client.call({
    method: 'POST',
    host: AUTOMATION_HOST,
    path: '/goals',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, siteId, type: 'CUSTOM', hasMultipleConversions: true, status: 'ACTIVE' })
  })
  const goal = goalOf(Object(jsonOf(reply)) as Record<string, unknown>)
  if (!goal) throw new UnreadableReplyError(reply.operation, 'goal')
  return goal
}

/** One page of a project's custom data. @param page from 1 */
export async function readCustomData(
  client: KameleoonClient,
  siteId: number,
  page: number
): Promise<{ customData: CustomDataDefinition[]; isLast: boolean }> {
  const { items, isLast } = await readPage(client, '/custom-datas', [ofSite(siteId)], page)
  return {
    customData: items.map(definitionOf).filter((item): item is CustomDataDefinition => item !== undefined),
    isLast
  }
}

/**
 * Keeps the requests of this process within the limits of the Automation API. Many new event names then end in retryable
 * errors here, and the account is not blocked.
 */
export class RequestBudget {
  /** When each request of the last hour was made, oldest first; never longer than the hourly limit. */
  private spent: number[] = []

  /** @throws BudgetError with the seconds until the next request is allowed */
  spend(now = Date.now()): void {
    const longest = Math.max(...AUTOMATION_BUDGET.map(({ seconds }) => seconds))
    this.spent = this.spent.filter((at) => at > now - longest * 1000)
    for (const { requests, seconds } of AUTOMATION_BUDGET) {
      const blocking = this.spent[this.spent.length - requests]
      const wait = blocking === undefined ? 0 : blocking + seconds * 1000 - now
      if (wait > 0) throw new BudgetError(Math.ceil(wait / 1000))
    }
    this.spent.push(now)
  }
}

/** https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/tutorials/paramsio-use-cases */
interface Filter {
  field: string
  operator: 'EQUAL'
  parameters: Array<string | number>
}

function ofSite(siteId: number): Filter {
  return { field: 'siteId', operator: 'EQUAL', parameters: [siteId] }
}

/**
 * One page of a list of the Automation API.
 * @param page from 1
 */
async function readPage(
  client: KameleoonClient,
  path: string,
  filters: Filter[],
  page: number
): Promise<{ items: Array<Record<string, unknown>>; isLast: boolean }> {
  const reply = await client.call({
    method: 'GET',
    host: AUTOMATION_HOST,
    path,
    query: { filter: JSON.stringify(filters), page: String(page), perPage: String(AUTOMATION_PAGE_SIZE) }
  })
  const list = jsonOf(reply)
  if (!Array.isArray(list)) throw new UnreadableReplyError(reply.operation, 'list')
  const items = list.filter(isRecord)
  return { items, isLast: list.length < AUTOMATION_SMALLEST_PAGE_SIZE }
}

function goalOf(item: Record<string, unknown>): Goal | undefined {
  const { id, name, type, status, isArchived } = item
  if (typeof id !== 'number' || typeof name !== 'string') return undefined
  return {
    id,
    name,
    type: typeof type === 'string' ? type : undefined,
    isActive: status !== 'INACTIVE' && isArchived !== true
  }
}

function definitionOf({ index, name }: Record<string, unknown>): CustomDataDefinition | undefined {
  return typeof index === 'number' && typeof name === 'string' ? { index, name } : undefined
}
