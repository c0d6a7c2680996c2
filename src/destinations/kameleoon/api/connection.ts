import crypto from 'crypto'
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

/**
 * @param apiKey as pasted into Segment
 * @param siteCode already checked
 * @throws CredentialsError if the key does not decode
 */
export function connectionOf(apiKey: string, siteCode: string, region: DataRegion): Connection {
  const credentials = decodeApiKey(apiKey)
  return { credentials, siteCode, dataHost: DATA_HOSTS[region], accountDigest: digestOf(credentials) }
}

function digestOf({ id, secret }: Credentials): string {
  return crypto
    .createHash('sha256')
    .update(JSON.stringify([id, secret]))
    .digest('hex')
}
