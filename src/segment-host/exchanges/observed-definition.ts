import type { DestinationDefinition } from '@segment/actions-core'

/** A response as the framework's client hands it on, with the request it answers. */
export interface Observed {
  request: Request
  /** `data` is the body where it is JSON, `content` its text. */
  response: Response & { data?: unknown; content?: string }
}

/**
 * A copy of a definition that adds every response to a list, of actions, deletion and all else. The list a framework's
 * destination keeps itself has those of actions only, and outlives a call that failed.
 */
export function observedDefinition<Settings>(
  definition: DestinationDefinition<Settings>,
  responses: Observed[]
): DestinationDefinition<Settings> {
  const afterResponse = [
    (request: Request, _options: unknown, response: Response) => void responses.push({ request, response })
  ]
  return {
    ...definition,
    extendRequest: (context) => {
      const options = { ...definition.extendRequest?.(context), afterResponse }
      return options
    }
  }
}
