import { decodeApiKey } from '../../../destinations/kameleoon'
import { isRecord, memberOf, parsedJson, UsageError } from '../../../segment-host'
import type { Evidence } from './evidence'
import { CallError, type Link } from './link'
import type { Transport } from './transport'

/** What the questions need to know about the project. */
export interface Project {
  siteCode: string
  siteId: number
  /** The index of a custom data that the server may receive; undefined when the project has none. */
  customDataIndex: number | undefined
}

/** Fetches access tokens for the credentials in an API key. */
export function tokensFor(apiKey: string): (send: Transport) => Promise<string> {
  const { id, secret } = decodeApiKey(apiKey)
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret })
  return async (send) => {
    const { status, text } = await send({
      method: 'POST',
      url: 'https://api.kameleoon.com/oauth/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString()
    })
    const token = memberOf(parsedJson(text), 'access_token')
    if (status >= 200 && status <= 299 && typeof token === 'string') return token
    throw new CallError(`POST /oauth/token answered ${status} without a token`)
  }
}

/**
 * Looks up the project; nothing is written yet.
 * @throws UsageError when that is not possible, so that there is nothing to ask
 */
export async function openProject(
  link: Link,
  siteCode: string,
  evidence: Evidence[],
  signal: AbortSignal
): Promise<Project> {
  const list = async (path: string, field: string, value: string): Promise<unknown[]> => {
    const query = { filter: filterOf([field, 'EQUAL', value]), page: '1', perPage: '50' }
    const { status, json } = await link.call(
      { method: 'GET', api: 'automation', path, query, isPrivate: true },
      evidence,
      signal
    )
    if (status === 200 && Array.isArray(json)) return json as unknown[]
    throw new CallError(`GET ${path} answered ${status}`)
  }
  try {
    const [site] = await list('/sites', 'code', siteCode)
    const siteId = memberOf(site, 'id')
    if (typeof siteId !== 'number') throw new CallError(`There is no project with the site code ${siteCode}`)
    const customData = await list('/custom-datas', 'siteId', String(siteId))
    return { siteCode, siteId, customDataIndex: customData.map(usableIndex).find((index) => index !== undefined) }
  } catch (error) {
    if (!(error instanceof CallError)) throw error
    throw new UsageError(`The project could not be read, and nothing was written: ${error.message}`)
  }
}

/** A filter of the Automation API: each condition has a field, an operator and values. */
export function filterOf(...conditions: [field: string, operator: 'EQUAL' | 'IN', ...values: string[]][]): string {
  return JSON.stringify(conditions.map(([field, operator, ...parameters]) => ({ field, operator, parameters })))
}

/** Not the custom data that links visitors across devices, nor one that is kept in the browser. */
function usableIndex(entry: unknown): number | undefined {
  if (!isRecord(entry) || entry.isLocalOnly === true || entry.isMappingIdentifier === true) return undefined
  return typeof entry.index === 'number' ? entry.index : undefined
}
