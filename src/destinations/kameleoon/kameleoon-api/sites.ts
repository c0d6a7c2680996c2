import { readPage } from './automation'
import type { KameleoonClient } from './client'
import { UnknownSiteError } from './errors'

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
