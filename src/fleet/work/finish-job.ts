import type { Outcome, Subscription } from '../../segment-host'
import { deadLetters } from '../dead/dead-letters'
import type { Fleet } from '../fleet'
import { eventsOf, type JobData } from '../jobs/job-data'
import { removeJob, type TakenJob } from '../jobs/taken-job'
import { doneName, OutcomeCounts, runKey, totalsOf } from '../jobs/run-counts'
import { RUN_SECONDS } from '../production/run-position'
import { isUndelivered, type EventResult } from './send-events'

/** Events that cannot be delivered while others can are given up after so many rounds of all attempts. */
const MOST_ROUNDS = 5
/** What a round counts while Kameleoon seems to be down, although it took other events of the same job before. */
const ROUND_IN_OUTAGE = 0.1

/** A job whose events were sent. */
export interface SentJob {
  results: readonly EventResult[]
  /** Events that were sent again, each time counted. */
  retries: number
  /** Whether Kameleoon takes no events at all, so that nothing is given up. */
  isOutage: boolean
}

/** How a job has ended. */
export interface JobEnd {
  /** Outcomes of this round. */
  outcomes: Outcome[]
  /** Events that stay in the job, since every attempt failed. */
  undelivered: number
}

/**
 * Keeps the results of a job. Rejected events go to the dead letters, one by one; what may still be delivered stays in the
 * job, which goes back to its place. A worker that ends in between changes nothing: the counts are added once.
 */
export async function finishJob(
  fleet: Fleet,
  taken: TakenJob,
  subscription: Subscription,
  { results, retries, isOutage }: SentJob
): Promise<JobEnd> {
  const { data } = taken.job
  const undelivered = results.filter(isUndelivered).length
  const failedRounds = (data.failedRounds ?? 0) + (undelivered > 0 ? roundIn(data, isOutage) : 0)
  const isGivenUp = failedRounds >= MOST_ROUNDS
  const isSettled = (result: EventResult): result is Outcome => result !== null && (isGivenUp || !isUndelivered(result))
  const counts = new OutcomeCounts(data.subscription, data.settled)
  const outcomes = results.filter(isSettled)
  outcomes.forEach((outcome) => counts.add(outcome))
  counts.addRetries(retries)
  await deadLetters(
    fleet,
    taken,
    subscription,
    results.map((result) => (isSettled(result) ? result : null))
  )
  if (outcomes.length === results.length) {
    await complete(fleet, taken, counts)
    return { outcomes, undelivered: 0 }
  }
  const left = results.flatMap((result, index) => (isSettled(result) ? [] : [index]))
  await keepLeft(taken, left, { settled: counts.counts, failedRounds })
  return { outcomes, undelivered: isGivenUp ? 0 : undelivered }
}

/** The last event of a queue fails alone, which looks as if Kameleoon were down. */
function roundIn({ settled }: JobData, isOutage: boolean): number {
  if (!isOutage) return 1
  return totalsOf(settled ?? {}).delivered ? ROUND_IN_OUTAGE : 0
}

/** Removes a job whose results are kept, in this or an earlier try. */
async function complete(fleet: Fleet, { job, token, partition }: TakenJob, counts: OutcomeCounts): Promise<void> {
  const key = runKey(job.data.run)
  const totals = { key: 'totals', counts: totalsOf(counts.counts) }
  await fleet.store.advance(key, doneName(partition), job.data.sequence, [{ key, counts: counts.counts }, totals])
  await fleet.store.expire(key, RUN_SECONDS)
  await removeJob({ job, token })
}

async function keepLeft(
  { job, token, from }: TakenJob,
  left: readonly number[],
  progress: Pick<JobData, 'settled' | 'failedRounds'>
): Promise<void> {
  const { data } = job
  const events = eventsOf(data)
  const places = data.places ?? events.map((_, index) => index)
  await job.updateData({
    ...data,
    ...progress,
    events: JSON.stringify(left.map((index) => events[index])),
    from: left.map((index) => data.from[index]),
    places: left.map((index) => places[index])
  })
  await from.putBack(job, token)
}
