import type { DestinationDefinition, RequestClient } from '@segment/actions-core'
import { withRequestClient, type Answer, type RequestOptions, type Url } from './request-client'

type Hook = (completed: Options) => void
/** The framework also takes hooks in the options of a call, though its published type does not have them. */
type Options = RequestOptions & { beforeRequest?: Hook[] }

/** Follows the requests of a destination's actions. */
export interface RequestWatch {
  /** Called before a request. It starts the request with `send`, for example inside an async context. */
  begin(url: string): WatchedRequest
}

export interface WatchedRequest {
  /** Runs the request; by default it is just called. */
  run<Result>(send: () => Promise<Result>): Promise<Result>
  /** Called with the options as the framework's client completed them, with the headers of the definition. */
  completed: Hook
  answered: (response: Answer) => void
  /** Called instead of `answered` when there is no answer: the connection failed, or the time was up. */
  failed: (error: unknown) => void
}

/**
 * A copy of a definition that reports the requests of its actions. The request function itself is wrapped, because the
 * framework's own hooks are not called when a connection fails or a request times out.
 */
export function watchedDefinition<Settings>(
  definition: DestinationDefinition<Settings>,
  watch: RequestWatch
): DestinationDefinition<Settings> {
  return withRequestClient(definition, (request) => watchedClient(request, watch))
}

function watchedClient(request: RequestClient, watch: RequestWatch): RequestClient {
  const watched = async (url: Url, options: Options = {}): Promise<Answer> => {
    const one = watch.begin(String(url))
    const hooked: Options = { ...options, beforeRequest: [...(options.beforeRequest ?? []), one.completed] }
    try {
      const response = await one.run(() => request(url, hooked))
      one.answered(response)
      return response
    } catch (error) {
      // An answer with an error status is thrown as an HTTPError, which has the response.
      const { response } = Object(error) as { response?: Answer }
      if (response) one.answered(response)
      else one.failed(error)
      throw error
    }
  }
  // The client has overloads for the type of the answer's data; the answer is returned unchanged.
  return watched as RequestClient
}
