import type { KameleoonClient } from './client'
import type { HttpReply } from './http'

/**
 * Asks Kameleoon to erase what it knows of these visitors.
 * https://docs.kameleoon.com/api-reference/visit/remove-data-for-several-visitors
 * @param visitorCodes each at most 100 characters, without line breaks
 */
export function forgetVisitors(client: KameleoonClient, visitorCodes: readonly string[]): Promise<HttpReply> {
  return client.call({
    method: 'POST',
    host: client.connection.dataHost,
    path: '/visit/forget',
    query: { siteCode: client.connection.siteCode },
    headers: { 'content-type': 'text/plain' },
    body: visitorCodes.join('\n')
  })
}
