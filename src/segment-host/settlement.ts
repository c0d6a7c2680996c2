import { countedOutcomes, type RunState } from './checkpoint'
import { messageOf } from './errors'
import type { Outcome } from './outcome'
import type { QueueAttempt } from './queue-options'
import { isRetryable } from './retry-policy'
import type { DeliveryRun, SentBatch } from './delivery-run'
import type { RunStop } from './run-stop'
import type { EventLine, UnreadableLine } from './source'

/** After so many batches in a row of which every attempt failed, the destination is taken to be unreachable. */
const FAILED_BATCHES = 3
/** A share of rejected events says nothing before there are this many outcomes. */
const OUTCOMES_FOR_A_SHARE = 100

type Counted = Record<Outcome['kind'] | 'undelivered', number>

const none = (): Counted => ({ delivered: 0, filtered: 0, rejected: 0, undelivered: 0 })

/** Takes the outcomes of a run: counts them, keeps them for a checkpoint, and stops the run where they ask for it. */
export class Settlement {
  /** What the batch that is being settled has so far; all of its outcomes come in one go. */
  private numbers: number[] = []
  private outcomes: Outcome[] = []
  private counted = none()
  private lastFailure = ''
  private readonly total = none()
  private failedBatches = 0
  private batches = 0
  /** The run has ended and was summed up. What arrives later counts as not settled. */
  private hasEnded = false
  retries = 0

  constructor(
    private readonly run: DeliveryRun,
    private readonly state: RunState,
    private readonly stop: RunStop
  ) {}

  /** The outcome of an event after its last attempt in a subscription. */
  settle(index: number, { file, line, text, number }: EventLine, outcome: Outcome): void {
    if (this.hasEnded) return
    const subscription = this.run.subscriptions[index]
    if (outcome.kind === 'rejected' && isRetryable(outcome)) {
      const { status, reason } = outcome
      this.lastFailure = `${status} ${reason}`
      this.count('undelivered')
      this.state.tally.addUndelivered(index, this.lastFailure)
      this.report(() =>
        this.run.onSettled?.({ file, line, text, subscription, outcome: { kind: 'undelivered', status, reason } })
      )
      return
    }
    // What could not be written stays unsettled, so it is sent again when the run goes on.
    if (!this.report(() => this.run.onSettled?.({ file, line, text, subscription, outcome }))) return
    this.count(outcome.kind)
    this.state.settle(index, number, outcome)
    this.numbers.push(number)
    this.outcomes.push(outcome)
  }

  /** Ends the batch whose events were just settled. */
  sent(index: number, attempt: QueueAttempt): void {
    if (this.hasEnded) return
    const { counted, run, state } = this
    const { checkpoints, subscriptions, onSent } = run
    const batch = { subscription: index, numbers: this.numbers, outcomes: countedOutcomes(this.outcomes) }
    if (batch.numbers.length > 0) this.report(() => checkpoints?.add(batch, () => state.checkpoint()))
    this.batches++
    this.retries += attempt.again
    onSent?.(sentBatch(subscriptions[index], this.batches, attempt, counted, state.unsettledCount))
    this.watchFailures(counted)
    this.watchRejections()
    this.numbers = []
    this.outcomes = []
    this.counted = none()
  }

  /** A line without an event; false when that cannot be written. */
  unreadable({ file, line, text, reason }: UnreadableLine): boolean {
    const outcome: Outcome = { kind: 'rejected', status: 400, reason }
    if (!this.report(() => this.run.onSettled?.({ file, line, text, subscription: null, outcome }))) return false
    this.state.tally.unreadable.add(reason)
    this.total.rejected++
    this.watchRejections()
    return true
  }

  /** An event that no subscription takes. */
  unmatched({ file, line, text }: EventLine, reason: string): void {
    this.state.tally.unmatched.add(reason)
    this.total.filtered++
    this.report(() =>
      this.run.onSettled?.({ file, line, text, subscription: null, outcome: { kind: 'filtered', reason } })
    )
  }

  /** Lines were read. */
  pass(): void {
    this.report(() => this.run.checkpoints?.pass(() => this.state.checkpoint()))
  }

  /** Keeps how far the run has come, and takes no more outcomes. */
  end(): void {
    this.hasEnded = true
    this.report(() => this.run.checkpoints?.keep(this.state.checkpoint()))
  }

  private count(kind: keyof Counted): void {
    this.counted[kind]++
    this.total[kind]++
  }

  /** Runs what writes somewhere; false when it cannot, which stops the run. */
  private report(write: () => void): boolean {
    try {
      write()
      return true
    } catch (error) {
      this.stop.stop('output', messageOf(error))
      return false
    }
  }

  private watchFailures({ delivered, filtered, rejected, undelivered }: Counted): void {
    if (delivered + filtered + rejected > 0) this.failedBatches = 0
    else if (undelivered > 0) this.failedBatches++
    if (this.failedBatches === FAILED_BATCHES) {
      this.stop.stop('unreachable', `every attempt of ${FAILED_BATCHES} batches in a row failed: ${this.lastFailure}`)
    }
  }

  private watchRejections(): void {
    const { mostRejected } = this.run
    if (!mostRejected) return
    const { delivered, filtered, rejected } = this.total
    const outcomes = delivered + filtered + rejected
    const share = rejected / outcomes
    const isOver =
      mostRejected.kind === 'count'
        ? rejected > mostRejected.most
        : outcomes >= OUTCOMES_FOR_A_SHARE && share > mostRejected.most
    if (isOver) this.stop.stop('rejections', `${rejected} of ${outcomes} outcomes are rejections, more than allowed`)
  }
}

function sentBatch(
  subscription: SentBatch['subscription'],
  batch: number,
  { events, attempt, milliseconds, again }: QueueAttempt,
  { delivered, filtered, rejected }: Counted,
  waiting: number
): SentBatch {
  return { subscription, batch, events, attempt, milliseconds, delivered, filtered, rejected, again, waiting }
}
