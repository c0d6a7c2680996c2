import type { Outcome } from './outcome'
import type { SourcePlace } from './source'
import type { Subscription } from './subscription'
import { Tally, type Counts } from './summary'

/** How far a run has come: enough to go on later without sending settled events again. */
export interface Checkpoint {
  /** How many lines were read; see `SourcePlace.number`. */
  read: number
  /** The checksum of the last of them, which tells whether a source is still the same. */
  checksum: number
  /** Numbers of the lines that were read and are not settled, by index of the subscription. */
  unsettled: number[][]
  /** Numbers of later lines, which a stopped run had settled already, by index of the subscription. */
  settledLater: number[][]
  /** Of the lines read, and of the events settled. */
  counts: Counts
}

/** What one batch has settled. */
export interface SettledBatch {
  /** Index of the subscription. */
  subscription: number
  /** Numbers of the lines. */
  numbers: number[]
  outcomes: { outcome: Outcome; count: number }[]
}

/** A run that stopped before its end: its last checkpoint, and the batches that were settled after it. */
export interface StoppedRun {
  checkpoint: Checkpoint
  batches: readonly SettledBatch[]
}

/** The source does not begin as that of the stopped run. */
export class ChangedSourceError extends Error {
  readonly name = 'ChangedSourceError'
}

/** Tells by their number which lines a run has to read to go on with a stopped one. */
export function wantedLines(subscriptions: readonly Subscription[], stopped: StoppedRun): (number: number) => boolean {
  const state = new RunState(subscriptions, stopped)
  return (number) => state.isWanted(number)
}

/** What is settled of a source, and what is not; continues a stopped run where there is one. */
export class RunState {
  readonly tally: Tally
  /** Lines read, and the checksum of the last of them. */
  read: number
  checksum: number
  private readonly unsettled: Set<number>[]
  /** Events of lines not read yet, which the stopped run settled after its checkpoint. */
  private readonly settledLater: Set<number>[]

  constructor(subscriptions: readonly Subscription[], stopped?: StoppedRun) {
    this.tally = new Tally(subscriptions, stopped?.checkpoint.counts)
    this.read = stopped?.checkpoint.read ?? 0
    this.checksum = stopped?.checkpoint.checksum ?? 0
    this.unsettled = subscriptions.map((_, index) => new Set(stopped?.checkpoint.unsettled[index]))
    this.settledLater = subscriptions.map((_, index) => new Set(stopped?.checkpoint.settledLater[index]))
    stopped?.batches.forEach((batch) => this.apply(batch))
  }

  /** Whether anything of this line is to be sent. */
  isWanted(number: number): boolean {
    return number > this.read || this.unsettled.some((numbers) => numbers.has(number))
  }

  /** Whether a line that matches this subscription is to be sent through it; `isNew` if it was not read before. */
  isOpen(subscription: number, number: number, isNew: boolean): boolean {
    return isNew ? !this.settledLater[subscription].has(number) : this.unsettled[subscription].has(number)
  }

  /** Counts a line that was not read before. What is to be sent of it must be entered at once. */
  pass({ number, checksum }: SourcePlace): void {
    this.tally.received++
    this.read = number
    this.checksum = checksum
  }

  enter(subscription: number, number: number): void {
    this.unsettled[subscription].add(number)
  }

  settle(subscription: number, number: number, outcome: Outcome): void {
    this.unsettled[subscription].delete(number)
    this.tally.add(subscription, outcome)
  }

  /** Events that were read and are not settled, counted once for each subscription. */
  get unsettledCount(): number {
    return this.unsettled.reduce((sum, numbers) => sum + numbers.size, 0)
  }

  checkpoint(): Checkpoint {
    const { read, checksum, tally } = this
    const unsettled = this.unsettled.map((numbers) => [...numbers])
    const settledLater = this.settledLater.map((numbers) => [...numbers].filter((number) => number > read))
    return { read, checksum, unsettled, settledLater, counts: tally.counts() }
  }

  private apply({ subscription, numbers, outcomes }: SettledBatch): void {
    outcomes.forEach(({ outcome, count }) => this.tally.add(subscription, outcome, count))
    for (const number of numbers) {
      if (number <= this.read) this.unsettled[subscription].delete(number)
      else this.settledLater[subscription].add(number)
    }
  }
}

/** Equal outcomes of a batch are counted together, so that its record is short. */
export function countedOutcomes(outcomes: readonly Outcome[]): SettledBatch['outcomes'] {
  const counted = new Map<string, { outcome: Outcome; count: number }>()
  for (const outcome of outcomes) {
    const key = outcome.kind === 'delivered' && !outcome.notes ? '' : JSON.stringify(outcome)
    const known = counted.get(key)
    if (known) known.count++
    else counted.set(key, { outcome, count: 1 })
  }
  return [...counted.values()]
}
