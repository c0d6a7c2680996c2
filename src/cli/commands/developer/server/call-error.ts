import { HTTPError, type DestinationDefinition, type JSONValue } from '@segment/actions-core'
import { faultyFields, messageOf, redacted, secretsOf } from '../../../../segment-host'
import { objectOr } from './runs'

/** A failed call, in the form that Segment's Actions Tester shows. */
export interface CallError {
  statusCode: number
  message: unknown
  stack: string[]
  /** What is wrong with which field; only for data that does not fit the definition. */
  fields?: Record<string, string>
  requestError: true
}

/** An error as a reply. For an HTTP error answer of the service, its status and content are used. */
export function callError(error: unknown): CallError {
  const { status, stack } = Object(error) as { status?: unknown; stack?: unknown }
  const failed: CallError = {
    statusCode: typeof status === 'number' ? status : 500,
    message: messageOf(error),
    stack: typeof stack === 'string' ? stack.split('\n') : [],
    requestError: true
  }
  const fields = faultyFields(error)
  if (fields) failed.fields = fields
  return error instanceof HTTPError ? { ...failed, ...answerOf(error) } : failed
}

function answerOf({ response }: HTTPError): Pick<CallError, 'statusCode' | 'message'> {
  const { data, content } = response as { data?: unknown; content?: string }
  return { statusCode: response.status, message: data ?? content }
}

/** An error to answer with, without the secrets among the settings. */
export function safeError<Settings>(
  error: unknown,
  definition: DestinationDefinition<Settings>,
  settings: JSONValue | undefined
): unknown {
  return redacted(callError(error), secretsOf(definition, objectOr(settings, {})))
}
