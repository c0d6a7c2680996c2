import { ofSite, readPage } from './automation'
import type { KameleoonClient } from './client'

/** Custom data as a project defines it; events refer to it by `index`. */
export interface CustomDataDefinition {
  index: number
  name: string
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

function definitionOf({ index, name }: Record<string, unknown>): CustomDataDefinition | undefined {
  return typeof index === 'number' && typeof name === 'string' ? { index, name } : undefined
}
