import { HTTPError } from '@segment/actions-core'
import { faultyFields, messageOf } from '../../../segment-host'

/** A failed call, in the form that Segment's Actions Tester shows. */
export interface ToldError {
  statusCode: number
  message: unknown
  stack: string[]
  /** What is wrong with which field; only for data that does not fit the definition. */
  fields?: Record<string, string>
  requestError: true
}

/** What a call of an action failed with. An answer of the service counts with its own status and text. */
export function toldError(error: unknown): ToldError {
  const { status, stack } = Object(error) as { status?: unknown; stack?: unknown }
  const told: ToldError = {
    statusCode: typeof status === 'number' ? status : 500,
    message: messageOf(error),
    stack: typeof stack === 'string' ? stack.split('\n') : [],
    requestError: true
  }
  const fields = faultyFields(error)
  if (fields) told.fields = fields
  return error instanceof HTTPError ? { ...told, ...answerOf(error) } : told
}

function answerOf({ response }: HTTPError): Pick<ToldError, 'statusCode' | 'message'> {
  const { data, content } = response as { data?: unknown; content?: string }
  return { statusCode: response.status, message: data ?? content }
}
