import type { DestinationDefinition, RequestClient } from '@segment/actions-core'
import type { SentRequest } from '../../../visitor-check'

type Url = Parameters<RequestClient>[0]
type Options = NonNullable<Parameters<RequestClient>[1]>

/** What is not sent, by path, with the answer that takes its place. */
const WRITES: Record<string, number> = {
  // As Kameleoon answers.
  '/visit/events': 204,
  '/map/maps': 204,
  // A new goal cannot have been converted before.
  '/goals': 403
}

/**
 * A copy of a definition whose actions only read from Kameleoon. What they would write is reported and not sent.
 * @param onWrite called with each request that is not sent
 */
export function readsOnly<Settings>(
  definition: DestinationDefinition<Settings>,
  onWrite: (request: SentRequest) => void
): DestinationDefinition<Settings> {
  const actions = Object.entries(definition.actions).map(([key, action]) => {
    const { performBatch } = action
    if (!performBatch) return [key, action]
    const reading: typeof performBatch = (request, data) => performBatch(readingClient(request, onWrite), data)
    return [key, { ...action, performBatch: reading }]
  })
  // The same keys with actions of the same types.
  return { ...definition, actions: Object.fromEntries(actions) as typeof definition.actions }
}

function readingClient(request: RequestClient, onWrite: (request: SentRequest) => void): RequestClient {
  const reading = (url: Url, options: Options = {}): Promise<unknown> => {
    const { pathname } = new URL(String(url))
    if (options.method?.toUpperCase() !== 'POST' || pathname === TOKEN_PATH) return request(url, options)
    const body = typeof options.body === 'string' ? options.body : null
    onWrite({ method: 'POST', url: String(url), body, at: null, problem: null })
    return Promise.resolve({ status: WRITES[pathname] ?? 403, headers: new Headers(), content: '' })
  }
  // The destination reads status, headers and content of an answer, and nothing else.
  return reading as RequestClient
}

/** Changes nothing in the project. */
const TOKEN_PATH = '/oauth/token'
