import type { DestinationDefinition } from '@segment/actions-core'
import type { Credentials } from './credentials'
import { testConnection, UsageError } from '../segment-host'

/**
 * Tests the connection as Segment's page does, so that a large file is not read in vain.
 * Throws a UsageError in the destination's own words.
 */
export async function checkConnection<Settings>(
  definition: DestinationDefinition<Settings>,
  credentials: Credentials
): Promise<void> {
  const result = await testConnection(definition, { ...credentials })
  if (!result.ok) throw new UsageError(result.error)
}
