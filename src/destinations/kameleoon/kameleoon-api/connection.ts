import crypto from 'crypto'
import { LRUCache } from 'lru-cache'
import { decodeApiKey } from './credentials'
import type { Credentials } from './credentials'
import { DATA_HOSTS } from './hosts'
import type { DataRegion } from './hosts'

/** One project at Kameleoon, and the credentials that open it. */
export interface Connection {
  credentials: Credentials
  siteCode: string
  dataHost: string
  /** Identifies credentials without revealing them: the key of process-wide caches. */
  accountDigest: string
}

/** What an API key holds. Decoding it for every event would take longer than all else that is done for one. */
const accounts = new LRUCache<string, Pick<Connection, 'credentials' | 'accountDigest'>>({ max: 500 })

/**
 * @param apiKey as pasted into Segment
 * @param siteCode already checked
 * @throws CredentialsError if the key does not decode
 */
export function connectionOf(apiKey: string, siteCode: string, region: DataRegion): Connection {
  const { credentials, accountDigest } = accountOf(apiKey)
  return { credentials, siteCode, dataHost: DATA_HOSTS[region], accountDigest }
}

function accountOf(apiKey: string): Pick<Connection, 'credentials' | 'accountDigest'> {
  const known = accounts.get(apiKey)
  if (known) return known
  const credentials = decodeApiKey(apiKey)
  const account = { credentials, accountDigest: digestOf(credentials) }
  accounts.set(apiKey, account)
  return account
}

function digestOf({ id, secret }: Credentials): string {
  return crypto
    .createHash('sha256')
    .update(JSON.stringify([id, secret]))
    .digest('hex')
}
