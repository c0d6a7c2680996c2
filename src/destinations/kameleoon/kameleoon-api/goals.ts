import { ofSite, readPage } from './automation'
import type { Filter } from './automation'
import type { KameleoonClient } from './client'
import { UnreadableReplyError } from './errors'
import { AUTOMATION_HOST } from './hosts'
import { jsonOf } from './http'

export interface Goal {
  id: number
  name: string
  type?: string
  isActive: boolean
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
