import { LRUCache } from 'lru-cache'
import { processHashing } from '../../../lib/hashing-utils'
import { isRecord } from '../values'
import { KAMELEOON_DESTINATION_VERSION } from '../versioning-info'
import { CredentialsError } from './errors'
import { REMEMBERED } from './limits'

/** OAuth tokens, sites, goals and custom data. https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/get-started */
export const AUTOMATION_HOST = 'https://api.kameleoon.com'

/** What a project's scripts and SDKs are told, public to all who know the site code. https://github.com/Kameleoon/client-go */
export const CONFIGURATION_HOST = 'https://sdk-config.kameleoon.eu'

/**
 * Where visit events and maps go. The region is where the project is hosted; `.io` or `.eu` depends on when the project
 * was created, and the Kameleoon app shows which. https://developers.kameleoon.com/apis/data-api-rest/overview
 */
export const DATA_HOSTS = {
  EU: 'https://eu-data.kameleoon.io',
  NA: 'https://na-data.kameleoon.io',
  EU_DOT_EU: 'https://eu-data.kameleoon.eu',
  NA_DOT_EU: 'https://na-data.kameleoon.eu'
} as const

export type DataRegion = keyof typeof DATA_HOSTS

export const DEFAULT_DATA_REGION: DataRegion = 'EU'

/**
 * Kameleoon answers 403 to user agents of known bots and bare HTTP libraries, so the product names itself. The comment in
 * parentheses matters: common lists of bots contain patterns for a `name/version` alone.
 */
export const USER_AGENT = `SegmentKameleoonDestination/${KAMELEOON_DESTINATION_VERSION} (Segment Actions)`

/** OAuth2 client credentials of a Kameleoon account. */
export interface Credentials {
  id: string
  secret: string
}

/** One project at Kameleoon, with the credentials for it. */
export interface Connection {
  credentials: Credentials
  siteCode: string
  dataHost: string
  /** Identifies the credentials without revealing them. Used as key of process-wide caches. */
  accountDigest: string
}

type Account = Pick<Connection, 'credentials' | 'accountDigest'>

/** Decoded API keys, by their digest. */
const accounts = new LRUCache<string, Account>({ max: REMEMBERED.apiKeys })

/**
 * The key that was used last, with its account. Most often the next event has the same one, and a digest takes two
 * microseconds, a third of all that is done for an event.
 */
let latest: { apiKey: string; account: Account } | undefined

/**
 * @param apiKey as pasted into Segment
 * @param siteCode already checked
 * @throws CredentialsError if the key does not decode
 */
export function connectionOf(apiKey: string, siteCode: string, region: DataRegion): Connection {
  const { credentials, accountDigest } = accountOf(apiKey)
  return { credentials, siteCode, dataHost: DATA_HOSTS[region], accountDigest }
}

function accountOf(apiKey: string): Account {
  if (latest?.apiKey !== apiKey) latest = { apiKey, account: rememberedAccount(apiKey) }
  return latest.account
}

function rememberedAccount(apiKey: string): Account {
  const digest = digestOf(['API key', apiKey])
  const known = accounts.get(digest)
  if (known) return known
  const credentials = decodeApiKey(apiKey)
  const account = { credentials, accountDigest: digestOf([credentials.id, credentials.secret]) }
  accounts.set(digest, account)
  return account
}

/** JSON never looks like a hash, which the helper would return unchanged. */
function digestOf(secrets: string[]): string {
  return processHashing(JSON.stringify(secrets), 'sha256', 'hex')
}

const HOW_TO_GET_ONE = 'Copy it again from Kameleoon: My profile > API credentials.'

/**
 * Decodes the API key that Kameleoon hands out for Segment: base64 of a JSON object with `id` and `secret`.
 * White space around and inside it is ignored, since copied keys often have line breaks.
 * @throws CredentialsError with what is wrong and what to do, without the key
 */
export function decodeApiKey(apiKey: string): Credentials {
  const encoded = apiKey.replace(/\s/g, '')
  if (encoded === '') throw new CredentialsError(`API Key is empty. ${HOW_TO_GET_ONE}`)
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(encoded)) throw new CredentialsError(`API Key is not base64. ${HOW_TO_GET_ONE}`)
  const decoded = parse(Buffer.from(encoded, 'base64').toString('utf8'))
  const id = nonEmptyText(decoded.id)
  const secret = nonEmptyText(decoded.secret)
  if (id === undefined) throw new CredentialsError(`API Key holds no client id. ${HOW_TO_GET_ONE}`)
  if (secret === undefined) throw new CredentialsError(`API Key holds no client secret. ${HOW_TO_GET_ONE}`)
  return { id, secret }
}

function parse(json: string): { id?: unknown; secret?: unknown } {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw new CredentialsError(`API Key does not decode to JSON. ${HOW_TO_GET_ONE}`)
  }
  if (!isRecord(value)) {
    throw new CredentialsError(`API Key does not decode to an object with id and secret. ${HOW_TO_GET_ONE}`)
  }
  return value
}

function nonEmptyText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}
