import { isRecord } from '../values'
import type { KameleoonClient } from './http'
import { AUTOMATION_HOST } from './connection'
import { UnknownSiteError, UnreadableReplyError } from './errors'
import { jsonOf } from './http'
import { AUTOMATION_PAGE_SIZE, AUTOMATION_SMALLEST_PAGE_SIZE } from './limits'

export interface Goal {
  id: number
  name: string
  type?: string
  state: GoalState
}

/** What may be done with a goal, best first. An `unconvertible` one is computed by Kameleoon from other data. */
export const GOAL_STATES: readonly GoalState[] = ['active', 'inactive', 'unconvertible', 'archived']

type GoalState = 'active' | 'inactive' | 'unconvertible' | 'archived'

/** Goals of these types are no visitor's conversions: Kameleoon computes them from a warehouse or from other goals. */
const UNCONVERTIBLE_TYPES = ['WAREHOUSE', 'RETENTION_RATE', 'RATIO_METRICS']

/** Custom data as a project defines it; events refer to it by `index`. */
export interface CustomDataDefinition {
  index: number
  name: string
  /** Whether it holds several values, to which others can be added: of type LIST or COUNT_LIST. */
  isList: boolean
  /** Whether it stays in the browser: Kameleoon's browser script never sends it. */
  isLocalOnly: boolean
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

/** One page of the goals of a project that have one of these names. @param page from 1 */
export async function readGoalsNamed(
  client: KameleoonClient,
  siteId: number,
  names: readonly string[],
  page: number
): Promise<Goal[]> {
  const ofName: Filter = { field: 'name', operator: names.length > 1 ? 'IN' : 'EQUAL', parameters: names }
  const { items } = await readPage(client, '/goals', [ofSite(siteId), ofName], page)
  return goalsIn(items, siteId)
}

/** One page of a project's goals. @param page from 1 */
export async function readGoals(
  client: KameleoonClient,
  siteId: number,
  page: number
): Promise<{ goals: Goal[]; isLast: boolean }> {
  const { items, isLast } = await readPage(client, '/goals', [ofSite(siteId)], page)
  return { goals: goalsIn(items, siteId), isLast }
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

/** https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/tutorials/paramsio-use-cases , IN: https://github.com/Kameleoon/automation-api-collections */
interface Filter {
  field: string
  operator: 'EQUAL' | 'IN'
  parameters: ReadonlyArray<string | number>
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

/** A server that ignores filters also lists the goals of other projects. */
function goalsIn(items: Array<Record<string, unknown>>, siteId: number): Goal[] {
  return items
    .filter((item) => typeof item.siteId !== 'number' || item.siteId === siteId)
    .map(goalOf)
    .filter((goal): goal is Goal => goal !== undefined)
}

function goalOf(item: Record<string, unknown>): Goal | undefined {
  const { id, name } = item
  if (typeof id !== 'number' || typeof name !== 'string') return undefined
  const type = typeof item.type === 'string' ? item.type : undefined
  return { id, name, type, state: stateOf(item, type) }
}

function stateOf({ status, isArchived }: Record<string, unknown>, type: string | undefined): GoalState {
  if (isArchived === true) return 'archived'
  if (type !== undefined && UNCONVERTIBLE_TYPES.includes(type)) return 'unconvertible'
  return status === 'INACTIVE' ? 'inactive' : 'active'
}

function definitionOf({ index, name, type, isLocalOnly }: Record<string, unknown>): CustomDataDefinition | undefined {
  if (typeof index !== 'number' || typeof name !== 'string') return undefined
  return { index, name, isList: type === 'LIST' || type === 'COUNT_LIST', isLocalOnly: isLocalOnly === true }
}
