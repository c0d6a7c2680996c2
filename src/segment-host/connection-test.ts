import { Destination } from '@segment/actions-core'
import type { DestinationDefinition } from '@segment/actions-core'
import { redacted } from './exchanges/redaction'
import { secretsOf } from './exchanges/secrets-of'
import { messageOf } from '.'
import { faultyFields } from './faulty-fields'

/** How a test of the connection ended: the destination's own words, and the settings that do not fit its definition. */
export type ConnectionResult = { ok: true } | { ok: false; error: string; fields: Record<string, string> }

/** Tests the connection as Segment's page does, with these settings; never rejects, and tells no secret. */
export async function testConnection<Settings>(
  definition: DestinationDefinition<Settings>,
  settings: Record<string, unknown>
): Promise<ConnectionResult> {
  try {
    // The framework types the settings it tests as a JSON object of any shape, and changes what it is given.
    await new Destination(definition).testAuthentication({ ...settings } as never)
    return { ok: true }
  } catch (error) {
    return {
      ok: false,
      error: String(redacted(messageOf(error), secretsOf(definition, settings))),
      fields: faultyFields(error) ?? {}
    }
  }
}
