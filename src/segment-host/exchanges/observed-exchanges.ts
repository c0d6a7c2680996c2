import type { DestinationDefinition } from '@segment/actions-core'
import { redacted, redactedHeaders } from './redaction'

/** A response as the framework's client returns it, with its request. */
export interface Observed {
  request: Request
  /** `data` is the body where it is JSON, `content` its text. */
  response: Response & { data?: unknown; content?: string }
}

/**
 * A copy of a definition that adds every response to a list: of actions, of deletion, and of all other calls. The list
 * that the framework's Destination keeps has the responses of actions only.
 * @param responses the list to add to
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

/** One request of the destination and its answer, in the form of Segment's Actions Tester. */
export interface ObservedExchange {
  request: { url: string; method: string; headers: Record<string, string>; body: unknown }
  response: { statusCode: number; statusMessage: string; headers: Record<string, string>; body: unknown }
}

/** The observed requests and answers in their order, without secrets. */
export async function exchangesOf(observed: Observed[], secrets: string[]): Promise<ObservedExchange[]> {
  return Promise.all(observed.map((exchange) => exchangeOf(exchange, secrets)))
}

async function exchangeOf({ request, response }: Observed, secrets: string[]): Promise<ObservedExchange> {
  const { status, statusText, data, content } = response
  return {
    request: {
      url: String(redacted(request.url, secrets)),
      method: request.method,
      headers: redactedHeaders(entriesOf(request.headers)),
      body: redacted(await request.clone().text(), secrets)
    },
    response: {
      statusCode: status,
      statusMessage: statusText,
      headers: redactedHeaders(entriesOf(response.headers)),
      body: redacted(data ?? content ?? '', secrets)
    }
  }
}

function entriesOf(headers: Pick<Headers, 'forEach'>): [string, string][] {
  const entries: [string, string][] = []
  headers.forEach((value, name) => entries.push([name, value]))
  return entries
}
