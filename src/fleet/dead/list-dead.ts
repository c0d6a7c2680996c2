import type { Job } from 'bullmq'
import type { Fleet } from '../fleet'
import type { DeadLetter } from '../jobs/job-data'
import { WAITING } from '../manage/status'

/** Which dead letters are meant; all of them when nothing is said. */
export interface DeadFilter {
  run?: string
  /** Name of a subscription. */
  subscription?: string
  /** A part of the reason. */
  reason?: string
  status?: number
}

const PAGE = 500

/**
 * Reads the dead letters that fit the filter, the oldest first, in pages.
 * @param handle takes a page, and resolves to how many of it were removed; false ends the reading
 */
export async function readDead(
  { dead }: Pick<Fleet, 'dead'>,
  filter: DeadFilter,
  handle: (page: Job<DeadLetter>[]) => Promise<number | false>
): Promise<void> {
  let start = 0
  for (;;) {
    // Only dead letters are put on this queue.
    const page = (await dead.queue.getJobs([...WAITING], start, start + PAGE - 1, true)) as Job<DeadLetter>[]
    const fitting = page.filter(({ data }) => fits(data, filter))
    const removed = fitting.length > 0 ? await handle(fitting) : 0
    if (removed === false || page.length < PAGE) return
    // New letters come at the end, so only what was removed moves the others.
    start += PAGE - removed
  }
}

function fits(letter: DeadLetter, { run, subscription, reason, status }: DeadFilter): boolean {
  return (
    (run === undefined || letter.run === run) &&
    (subscription === undefined || letter.subscription === subscription) &&
    (reason === undefined || letter.reason.toLowerCase().includes(reason.toLowerCase())) &&
    (status === undefined || letter.status === status)
  )
}
