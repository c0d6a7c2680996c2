import { Destination, type DestinationDefinition } from '@segment/actions-core'
import type { Credentials } from './credentials'
import { messageOf } from '../workbench/segment-host'
import { UsageError } from '../workbench/usage-error'

/**
 * Tests the connection as Segment's page does, so that a large file is not read in vain.
 * Throws a UsageError in the destination's own words.
 */
export async function checkConnection<Settings>(
  definition: DestinationDefinition<Settings>,
  credentials: Credentials
): Promise<void> {
  const destination = new Destination(definition)
  try {
    // The framework types the settings it tests as a JSON object of any shape.
    await destination.testAuthentication({ ...credentials } as Parameters<typeof destination.testAuthentication>[0])
  } catch (error) {
    throw new UsageError(messageOf(error))
  }
}
