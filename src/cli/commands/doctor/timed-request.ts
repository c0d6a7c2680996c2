import { createRequestClient, getAuthData, type DestinationDefinition, type RequestClient } from '@segment/actions-core'
import type { Credentials } from '../../credentials'

/** One answer, and how long it took. */
export interface TimedAnswer {
  host: string
  /** Method and path, such as `GET /goals`. */
  operation: string
  status: number
  milliseconds: number
  /** How far the clock of the answering host is ahead of this machine's, by its Date header. Such a header has whole seconds. */
  aheadMilliseconds?: number
}

/**
 * The client with which a destination sends its requests, which notes every answer.
 * @param answers where they are noted, in their order
 * @param now the present time in milliseconds since 1970
 */
export function timedRequest<Settings>(
  definition: DestinationDefinition<Settings>,
  credentials: Credentials,
  answers: TimedAnswer[],
  now: () => number
): RequestClient {
  const input = { payload: {}, auth: getAuthData({ ...credentials }) }
  // The settings of every definition here are those that the credentials have.
  const extension = definition.extendRequest?.({ ...input, settings: { ...credentials } as Settings })
  const request = createRequestClient(extension ?? {})
  return async <Data>(url: string, options?: Parameters<RequestClient>[1]) => {
    const startedAt = now()
    const response = await request<Data>(url, options)
    const endedAt = now()
    const { host, pathname } = new URL(url)
    const date = Date.parse(response.headers.get('date') ?? '')
    answers.push({
      host,
      operation: `${options?.method ?? 'GET'} ${pathname}`,
      status: response.status,
      milliseconds: endedAt - startedAt,
      ...(Number.isNaN(date) ? {} : { aheadMilliseconds: date + HALF_A_SECOND - (startedAt + endedAt) / 2 })
    })
    return response
  }
}

const HALF_A_SECOND = 500
