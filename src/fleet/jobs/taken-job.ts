import type { Job } from 'bullmq'
import type { FleetQueue } from '../backend/backend'
import type { JobData } from './job-data'

/** A job that a worker has taken. */
export interface TakenJob {
  job: Job<JobData>
  token: string
  partition: number
  from: FleetQueue
}

export async function removeJob({ job, token }: Pick<TakenJob, 'job' | 'token'>): Promise<void> {
  // Without taking the next one of this queue at once, which would keep it from other workers.
  await job.moveToCompleted(undefined, token, false)
}
