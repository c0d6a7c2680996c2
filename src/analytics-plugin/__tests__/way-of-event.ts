import { URL } from 'url'
import type { RunningWorkbench } from '../../workbench/__tests__/running-workbench'
import type { Delivery, EventDetail } from '../../workbench/contract'

/** What the workbench knows of the newest event of this type and name. */
export async function newest(
  workbench: RunningWorkbench,
  type: string,
  name: string | null = null
): Promise<EventDetail> {
  const found = (await workbench.events()).find((event) => event.type === type && event.name === name)
  if (!found) throw new Error(`No ${type} event ${name ?? 'without name'} has arrived.`)
  return workbench.detail(found.number)
}

/** The way of an event through the only mapping that took it. */
export function taken({ deliveries }: EventDetail): Delivery {
  const [delivery, ...others] = deliveries.filter(({ matched }) => matched)
  expect(others).toEqual([])
  return delivery
}

/** Something written to Kameleoon. */
export interface Write {
  /** Path of the Data API. */
  path: string
  /** As it was sent. */
  body: object
  /** Whether Kameleoon kept every part of it. */
  isKept: boolean
}

/** Everything that was written because of an event. */
export function writes(detail: EventDetail): Write[] {
  const exchanges = taken(detail).attempts.flatMap((attempt) => attempt.exchanges)
  const posts = exchanges.filter(({ request }) => request.method === 'POST' && !request.url.endsWith('/oauth/token'))
  return posts.map(({ request, results }) => {
    const body = JSON.parse(request.body ?? '{}') as object
    const kept = results.filter(({ kind }) => kind === 'kept')
    return { path: new URL(request.url).pathname, body, isKept: kept.length === Object.keys(body).length }
  })
}
