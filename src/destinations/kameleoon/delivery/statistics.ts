import type { StatsContext } from '@segment/actions-core'
import type { HttpRequest } from '../kameleoon-api/http'
import type { Outcome } from './outcome'

/**
 * Counts outcomes of events, for those who run Segment: `actions_kameleoon.events` with the tags `outcome` and, unless the event
 * was delivered, `status`. No tag says anything of an event or a person.
 */
export function countOutcomes(outcomes: readonly Outcome[], stats: StatsContext | undefined): void {
  if (!stats?.statsClient) return
  const counts = new Map<string, number>()
  for (const outcome of outcomes) {
    const tags = tagsOf(outcome)
    counts.set(tags, (counts.get(tags) ?? 0) + 1)
  }
  for (const [tags, count] of counts) increase(stats, 'actions_kameleoon.events', count, tags.split(' '))
}

/**
 * The request client of a host, with a count of `actions_kameleoon.requests` for every answer, with the tags `operation`, such
 * as `post_visit_events`, and `status`, or `none` where there was no answer.
 */
export function countingRequests(request: HttpRequest, stats: StatsContext | undefined): HttpRequest {
  if (!stats?.statsClient) return request
  return async (url, options) => {
    let status = 'none'
    try {
      const response = await request(url, options)
      status = String(response.status)
      return response
    } finally {
      increase(stats, 'actions_kameleoon.requests', 1, [
        `operation:${operationOf(options.method, url)}`,
        `status:${status}`
      ])
    }
  }
}

function tagsOf(outcome: Outcome): string {
  if (outcome.kind !== 'rejected') return `outcome:${outcome.kind}`
  return `outcome:${outcome.failure.isRetryable ? 'retryable' : 'rejected'} status:${outcome.failure.status}`
}

/** Paths of Kameleoon contain no ids, except for the site code in that of the configuration. */
function operationOf(method: string, url: string): string {
  return `${method}${new URL(url).pathname.replace(/^\/v3\/.*/, '/v3')}`.toLowerCase().replace(/\W+/g, '_')
}

/** Counting must never change the outcome of an event. */
function increase({ statsClient, tags = [] }: StatsContext, name: string, count: number, own: string[]): void {
  try {
    statsClient.incr(name, count, [...tags, ...own])
  } catch {
    // Whoever runs the statistics will miss them there.
  }
}
