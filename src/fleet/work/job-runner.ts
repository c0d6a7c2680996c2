import type { Outcome, RetryPolicy, SendBatch, Subscription } from '../../segment-host'
import { sharedSubscriptions, type Fleet } from '../fleet'
import { eventsOf } from '../jobs/job-data'
import type { TakenJob } from '../jobs/taken-job'
import { finishJob } from './finish-job'
import { jobFailed, jobSucceeded, type FleetState } from '../manage/fleet-state'
import { isUndelivered, sendEvents, type EventResult } from './send-events'

export interface JobRunnerOptions {
  fleet: Fleet
  send: SendBatch
  retry: RetryPolicy
  /** Nothing more is sent once it is aborted. */
  signal: AbortSignal
  /** Called when the results of a job are kept. */
  onJob?: (job: FinishedJob) => void
  onPause?: (pause: { subscription: Subscription; events: number; milliseconds: number; reason: string }) => void
}

/** What became of a job in one try. */
export interface FinishedJob {
  subscription: Subscription
  partition: number
  run: string
  events: number
  milliseconds: number
  outcomes: Outcome[]
  /** Events that go back to the queue, since every attempt failed, and why. */
  undelivered: number
  reason: string | null
}

/** Sends the events of jobs and keeps what became of them. */
export class JobRunner {
  private readonly subscriptions: (hash: string) => Promise<Subscription | null>

  constructor(private readonly options: JobRunnerOptions) {
    this.subscriptions = sharedSubscriptions(options.fleet)
  }

  /**
   * @param state as it was when the job was taken
   * @param lost aborted when the job may be another worker's by now
   * @returns whether the state of the fleet may have changed
   */
  async run(taken: TakenJob, state: FleetState, lost: AbortSignal): Promise<boolean> {
    const { fleet, onJob } = this.options
    const { data } = taken.job
    const subscription = await this.subscriptions(data.mapping)
    if (!subscription) throw new Error(`The mapping ${data.mapping} of a job is not in the store of the queue any more`)
    const begin = performance.now()
    let retries = 0
    const results = await this.send(taken, subscription, state, lost, (events) => (retries += events))
    if (lost.aborted) return false
    const failure = failureIn(results)
    const isOutage = failure !== null && (await jobFailed(fleet, state, failure))
    if (results.some((result) => result?.kind === 'delivered')) await jobSucceeded(fleet)
    const end = await finishJob(fleet, taken, subscription, { results, retries, isOutage })
    onJob?.({
      ...{ subscription, partition: taken.partition, run: data.run, events: results.length },
      ...{ milliseconds: performance.now() - begin, outcomes: end.outcomes, undelivered: end.undelivered },
      reason: failure
    })
    return isOutage || state.kind === 'outage'
  }

  private send(
    { job: { data } }: TakenJob,
    subscription: Subscription,
    state: FleetState,
    lost: AbortSignal,
    onRetry: (events: number) => void
  ): Promise<EventResult[]> {
    const { send, retry, signal, onPause } = this.options
    const events = eventsOf(data)
    return sendEvents(events, data.events.length, subscription, {
      send,
      // During an outage one attempt shows whether it is over.
      retry: state.kind === 'outage' ? { ...retry, retries: 0 } : retry,
      signal: AbortSignal.any([signal, lost]),
      onPause: ({ events: { length }, milliseconds, reason }) => {
        onRetry(length)
        onPause?.({ subscription, events: length, milliseconds, reason })
      }
    })
  }
}

/** Why no event of a job could be delivered although each may be later; null when that is not so. */
function failureIn(results: readonly EventResult[]): string | null {
  if (results.some((result) => result?.kind === 'delivered')) return null
  const failed = results.find(isUndelivered)
  return failed ? `${failed.status} ${failed.reason}` : null
}
