import { readFileSync } from 'fs'
import type { DestinationDefinition } from '@segment/actions-core'
import { withHint } from './connection-hints'
import { messageOf, UsageError, testConnection, type ConnectionResult } from '../segment-host'

/** The settings of the destination, as a user enters them in Segment. */
export interface Credentials {
  apiKey: string
  sitecode: string
  dataRegion?: string
}

type Environment = Record<string, string | undefined>

/**
 * Credentials from the environment, or null where there are none. Throws a UsageError when only a part is set, or the
 * region is not one of the definition's, or the file of the API key has none.
 */
export function credentialsFrom<Settings>(
  env: Environment,
  definition: DestinationDefinition<Settings>
): Credentials | null {
  const { apiKey, sitecode, dataRegion } = projectFrom(env, definition)
  if (!apiKey && !sitecode) return null
  if (!apiKey) throw new UsageError('KAMELEOON_SITECODE is set, but KAMELEOON_API_KEY is not: set both, or neither')
  if (!sitecode) {
    const name = trimmed(env.KAMELEOON_API_KEY) ? 'KAMELEOON_API_KEY' : KEY_FILE
    throw new UsageError(`${name} is set, but KAMELEOON_SITECODE is not: set both, or neither`)
  }
  return { apiKey, sitecode, ...(dataRegion ? { dataRegion } : {}) }
}

/** The settings of the project in the environment, complete or not. */
export function projectFrom<Settings>(
  env: Environment,
  definition: DestinationDefinition<Settings>
): Partial<Credentials> {
  return {
    apiKey: apiKeyFrom(env),
    sitecode: trimmed(env.KAMELEOON_SITECODE),
    dataRegion: regionFrom(env, definition)
  }
}

/** Names a file with the API key, as a mounted secret is. https://docs.docker.com/compose/how-tos/use-secrets/ */
const KEY_FILE = 'KAMELEOON_API_KEY_FILE'

function apiKeyFrom(env: Environment): string | undefined {
  const [apiKey, path] = [trimmed(env.KAMELEOON_API_KEY), trimmed(env[KEY_FILE])]
  if (apiKey && path) throw new UsageError(`KAMELEOON_API_KEY and ${KEY_FILE} are both set: leave one of them out`)
  return path ? keyInFile(path) : apiKey
}

function keyInFile(path: string): string {
  const key = trimmed(contentOf(path))
  if (!key) throw new UsageError(`The file ${path} of ${KEY_FILE} is empty: it must hold the API key`)
  return key
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`Cannot read the API key from ${path}, the file of ${KEY_FILE}: ${messageOf(error)}`)
  }
}

function regionFrom<Settings>(
  env: Environment,
  { authentication }: DestinationDefinition<Settings>
): string | undefined {
  const region = trimmed(env.KAMELEOON_DATA_REGION)
  const known = (authentication?.fields.dataRegion?.choices ?? []).map(({ value }) => String(value))
  if (!region || known.includes(region)) return region
  throw new UsageError(`KAMELEOON_DATA_REGION is "${region}"; it can be ${known.join(', ')}`)
}

function trimmed(value: string | undefined): string | undefined {
  return value?.trim() || undefined
}

/** The test asks twice, and a host may answer slowly both times. What Kameleoon publishes is waited for three seconds more. */
const TEST_LIMIT_MS = 13_000

/**
 * Tests the connection as Segment's page does, before a large file is read. Takes 13 seconds at most. Throws a UsageError with
 * the destination's own message, and with what may be the reason.
 */
export async function checkConnection<Settings>(
  definition: DestinationDefinition<Settings>,
  credentials: Credentials,
  env: Environment = {},
  timeLimitMs = TEST_LIMIT_MS
): Promise<void> {
  const result = await limited(testConnection(definition, { ...credentials }), timeLimitMs)
  if (!result.ok) throw new UsageError(withHint(result.error, env))
}

async function limited(test: Promise<ConnectionResult>, timeLimitMs: number): Promise<ConnectionResult> {
  const error = `Kameleoon did not answer in time (${timeLimitMs / 1_000} s)`
  let timer: NodeJS.Timeout | undefined
  const timeOut = new Promise<ConnectionResult>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, error, fields: {} }), timeLimitMs)
  })
  return Promise.race([test, timeOut]).finally(() => clearTimeout(timer))
}
