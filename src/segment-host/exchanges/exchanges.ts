import type { Observed } from './observed-definition'
import { redacted, redactedHeaders } from './redaction'

/** One request of the destination and its answer, as Segment's Actions Tester shows them. */
export interface Exchange {
  request: { url: string; method: string; headers: Record<string, string>; body: unknown }
  response: { statusCode: number; statusMessage: string; headers: Record<string, string>; body: unknown }
}

/** What these requests and answers said, in their order and without secrets. */
export async function exchangesOf(observed: Observed[], secrets: string[]): Promise<Exchange[]> {
  return Promise.all(observed.map((exchange) => exchangeOf(exchange, secrets)))
}

async function exchangeOf({ request, response }: Observed, secrets: string[]): Promise<Exchange> {
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
