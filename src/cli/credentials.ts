import type { DestinationDefinition } from '@segment/actions-core'
import { UsageError, testConnection } from '../segment-host'

/** The settings of the destination, as a user enters them in Segment. */
export interface Credentials {
  apiKey: string
  sitecode: string
  dataRegion?: string
}

type Environment = Record<string, string | undefined>

/**
 * Credentials from the environment, or null where there are none. Throws a UsageError when only a part is set, or the
 * region is not one of the definition's.
 */
export function credentialsFrom<Settings>(
  env: Environment,
  definition: DestinationDefinition<Settings>
): Credentials | null {
  const { apiKey, sitecode, dataRegion } = projectFrom(env, definition)
  if (!apiKey && !sitecode) return null
  if (!apiKey) throw new UsageError('KAMELEOON_SITECODE is set, but KAMELEOON_API_KEY is not: set both, or neither')
  if (!sitecode) throw new UsageError('KAMELEOON_API_KEY is set, but KAMELEOON_SITECODE is not: set both, or neither')
  return { apiKey, sitecode, ...(dataRegion ? { dataRegion } : {}) }
}

/** The settings of the project in the environment, complete or not. */
export function projectFrom<Settings>(
  env: Environment,
  definition: DestinationDefinition<Settings>
): Partial<Credentials> {
  return {
    apiKey: trimmed(env.KAMELEOON_API_KEY),
    sitecode: trimmed(env.KAMELEOON_SITECODE),
    dataRegion: regionFrom(env, definition)
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

/**
 * Tests the connection as Segment's page does, before a large file is read. Throws a UsageError with the destination's own
 * message.
 */
export async function checkConnection<Settings>(
  definition: DestinationDefinition<Settings>,
  credentials: Credentials
): Promise<void> {
  const result = await testConnection(definition, { ...credentials })
  if (!result.ok) throw new UsageError(result.error)
}
