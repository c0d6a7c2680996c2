import { randomUUID } from 'crypto'
import type { Job } from 'bullmq'
import type { Fleet } from '../fleet'
import { jobId, type JobData } from '../jobs/job-data'
import { doneIn, runKey } from '../jobs/run-counts'
import { removeJob, type TakenJob } from '../jobs/taken-job'

/** What a look into a partition has found. */
export type Found =
  | { kind: 'job'; taken: TakenJob }
  /** No job, or another worker has one of this partition. */
  | { kind: 'nothing' }
  /** A job that was finished already. */
  | { kind: 'finished' }
  /** A job that has to wait for one of another partition. */
  | { kind: 'waiting' }

/** Takes the next job of a partition, if it may be worked on now. */
export async function takeJob(fleet: Fleet, partition: number): Promise<Found> {
  const from = fleet.partitions[partition]
  const token = randomUUID()
  // Only jobs with this data are put on the queue of a partition.
  const job = (await from.take(token)) as Job<JobData> | undefined
  if (!job) return { kind: 'nothing' }
  const { run, sequence, after } = job.data
  const done = doneIn(await fleet.store.counts(runKey(run)), fleet.partitions.length)
  if (sequence <= done[partition]) {
    // A worker ended after it had kept the results and before it removed the job.
    await removeJob({ job, token })
    return { kind: 'finished' }
  }
  if (await isOvertaking(fleet, job.data, partition, done[partition])) {
    await from.putLast(job, token)
    return { kind: 'waiting' }
  }
  if (Object.entries(after).some(([other, until]) => done[Number(other)] < until)) {
    await from.putBack(job, token)
    return { kind: 'waiting' }
  }
  return { kind: 'job', taken: { job, token, partition, from } }
}

/** Whether an earlier job of the same run is still in the partition: a worker had it, ended, and it went behind others. */
async function isOvertaking(
  fleet: Fleet,
  { run, sequence }: JobData,
  partition: number,
  done: number
): Promise<boolean> {
  if (sequence === done + 1) return false
  // A job that somebody has removed from the queue will not come.
  return (await fleet.partitions[partition].queue.getJob(jobId(run, partition, done + 1))) !== undefined
}
