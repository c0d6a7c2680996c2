import { Type, type TSchema } from '@sinclair/typebox'
import { ApiError } from '../../contract'

const FAILURES = {
  400: 'The request is malformed or not valid',
  404: 'There is no such thing',
  409: 'Not possible with the real Kameleoon'
}

/** What a success means where a route does not say it better. */
export const SUCCESSES: Record<string, string> = {
  200: 'The answer',
  201: 'Added',
  202: 'Taken; what becomes of it shows later',
  204: 'Done'
}

/** What every route answers when something was not done. */
export const errorAnswer: TSchema = { ...Type.Ref(ApiError), description: 'Why it was not done' }

/** Which failures a route tells, by status, for its schema. */
export function failing(...statuses: (keyof typeof FAILURES)[]): Record<string, TSchema> {
  return Object.fromEntries(
    statuses.map((status) => [status, { ...Type.Ref(ApiError), description: FAILURES[status] }])
  )
}
