import type { KameleoonClient } from './client'
import { UnreadableReplyError } from './errors'
import { AUTOMATION_HOST } from './hosts'
import { jsonOf } from './http'
import { AUTOMATION_PAGE_SIZE, AUTOMATION_SMALLEST_PAGE_SIZE } from './limits'

/** https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/tutorials/paramsio-use-cases */
export interface Filter {
  field: string
  operator: 'EQUAL'
  parameters: Array<string | number>
}

export function ofSite(siteId: number): Filter {
  return { field: 'siteId', operator: 'EQUAL', parameters: [siteId] }
}

/**
 * One page of a list of the Automation API.
 * @param page from 1
 */
export async function readPage(
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
  const items = list.filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null)
  return { items, isLast: list.length < AUTOMATION_SMALLEST_PAGE_SIZE }
}
