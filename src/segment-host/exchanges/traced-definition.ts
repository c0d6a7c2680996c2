import type { RequestClient } from '@segment/actions-core'
import type { HostedDefinition } from '../../workbench/server/hosted'

type Url = Parameters<RequestClient>[0]
type Hook = (completed: Options) => void
/** The framework merges hooks of a call with its own, though its published type of a call does not tell of them. */
type Options = NonNullable<Parameters<RequestClient>[1]> & { beforeRequest?: Hook[] }
type Answer = Awaited<ReturnType<RequestClient>>

/** Told of every request that an action makes, from its start to its answer or to what broke it. */
export interface RequestWatch {
  sent(url: string): WatchedRequest
}

export interface WatchedRequest {
  /** The options as the framework's client completed them, with the headers of the definition. */
  completed: Hook
  answered: (response: Answer) => void
  broken: (error: unknown) => void
}

/**
 * A copy of a definition whose actions tell of their requests. The request function itself is wrapped: the framework's own
 * hook sees answers only, and neither a broken connection nor a time-out gives one.
 */
export function tracedDefinition(definition: HostedDefinition, watch: RequestWatch): HostedDefinition {
  const actions = Object.entries(definition.actions).map(([key, action]) => {
    const { performBatch } = action
    if (!performBatch) return [key, action]
    const traced: typeof performBatch = (request, data) => performBatch(tracedRequest(request, watch), data)
    return [key, { ...action, performBatch: traced }]
  })
  return { ...definition, actions: Object.fromEntries(actions) as HostedDefinition['actions'] }
}

function tracedRequest(request: RequestClient, watch: RequestWatch): RequestClient {
  const traced = async (url: Url, options: Options = {}): Promise<Answer> => {
    const watched = watch.sent(String(url))
    const hooked: Options = { ...options, beforeRequest: [...(options.beforeRequest ?? []), watched.completed] }
    try {
      const response = await request(url, hooked)
      watched.answered(response)
      return response
    } catch (error) {
      const { response } = Object(error) as { response?: Answer }
      if (response) watched.answered(response)
      else watched.broken(error)
      throw error
    }
  }
  // The client is overloaded by the kind of its answer, which is handed on as it came.
  return traced as RequestClient
}
