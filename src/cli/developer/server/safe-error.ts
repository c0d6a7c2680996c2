import type { DestinationDefinition, JSONValue } from '@segment/actions-core'
import { objectOr } from './call-body'
import { redacted, secretsOf } from '../../../segment-host'
import { toldError } from './told-error'

/** An error to answer with, without the secrets among the settings. */
export function safeError<Settings>(
  error: unknown,
  definition: DestinationDefinition<Settings>,
  settings: JSONValue | undefined
): unknown {
  return redacted(toldError(error), secretsOf(definition, objectOr(settings, {})))
}
