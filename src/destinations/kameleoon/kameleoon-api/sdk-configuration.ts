import { isRecord, own } from '../values'
import { CONFIGURATION_HOST, DATA_HOSTS } from './connection'
import type { DataRegion } from './connection'
import { UnreadableReplyError } from './errors'
import { jsonOf } from './http'
import type { KameleoonClient } from './http'

/** A slow answer is worth no wait: what it says is asked for again, or not needed to deliver. */
const TIME_LIMIT_MILLISECONDS = 3000

/** What Kameleoon publishes about a project, as its SDKs read it. */
export interface SdkConfiguration {
  /** Host name of the Data API for this project. It is compared with the setting, and never sent to. */
  dataApiDomain?: string
  customData: PublishedCustomData[]
}

export interface PublishedCustomData {
  index: number
  name?: string
  /** Whether its value is the id by which Kameleoon joins the devices of a visitor. A project has one such custom data at most. */
  isMappingIdentifier: boolean
  isLocalOnly: boolean
}

/**
 * Reads what Kameleoon publishes about a project for its SDKs, without credentials.
 * https://github.com/Kameleoon-new/client-go
 * @throws ResponseError, RedirectError, UnreachableError, UnreadableReplyError
 */
export async function readSdkConfiguration(client: KameleoonClient): Promise<SdkConfiguration> {
  const reply = await client.call({
    method: 'GET',
    host: CONFIGURATION_HOST,
    path: `/v3/${client.connection.siteCode}`,
    isPublic: true,
    timeLimitMilliseconds: TIME_LIMIT_MILLISECONDS
  })
  const content = jsonOf(reply)
  if (!isRecord(content)) throw new UnreadableReplyError(reply.operation, 'configuration')
  const customData = own(content, 'customData') ?? []
  if (!Array.isArray(customData)) throw new UnreadableReplyError(reply.operation, 'list of custom data')
  const domain = own(content.configuration, 'dataApiDomain')
  return {
    ...(typeof domain === 'string' && domain !== '' ? { dataApiDomain: domain.toLowerCase() } : {}),
    customData: customData.map(publishedOf).filter((one): one is PublishedCustomData => one !== undefined)
  }
}

function publishedOf(item: unknown): PublishedCustomData | undefined {
  const index = Number(own(item, 'index') ?? NaN)
  if (!Number.isInteger(index)) return undefined
  const name = own(item, 'name')
  return {
    index,
    ...(typeof name === 'string' ? { name } : {}),
    isMappingIdentifier: own(item, 'isMappingIdentifier') === true,
    isLocalOnly: own(item, 'localOnly') === true
  }
}

/** How the region of the settings compares with the host that Kameleoon names for a project. */
export type RegionComparison =
  | { kind: 'same' }
  /** The same region on the other domain, `.io` or `.eu`. */
  | { kind: 'other domain'; region: DataRegion }
  | { kind: 'other region'; region: DataRegion }
  /** No host, one without a region, or one that is not known here. */
  | { kind: 'unclear' }

/** @param dataHost of the connection, with its scheme */
export function comparedRegion(dataHost: string, { dataApiDomain }: SdkConfiguration): RegionComparison {
  const host = `https://${dataApiDomain}`
  if (host === dataHost) return { kind: 'same' }
  // Object.keys returns plain strings; the keys of this constant are regions.
  const region = (Object.keys(DATA_HOSTS) as DataRegion[]).find((one) => DATA_HOSTS[one] === host)
  if (region === undefined) return { kind: 'unclear' }
  return { kind: firstLabelOf(host) === firstLabelOf(dataHost) ? 'other domain' : 'other region', region }
}

function firstLabelOf(host: string): string {
  return host.split('.')[0]
}
