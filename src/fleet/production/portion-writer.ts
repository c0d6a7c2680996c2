import { setTimeout } from 'timers/promises'
import { filteredByIntegrations, isOld, matcherOf, Tally, unmatchedReason } from '../../segment-host'
import type { EventLine, Matches, Settled, SourceLine, UnreadableLine } from '../../segment-host'
import { shareSubscriptions, waitingJobs } from '../fleet'
import { doneIn, runKey } from '../jobs/run-counts'
import { divide } from './division'
import type { DividedEvent } from './levels'
import { OrderMemory } from './order-memory'
import { putPieces } from './put-pieces'
import type { QueueRun } from './queue-run'
import { savePosition, type RunPosition } from './run-position'

/** How long to wait before looking again whether the queue has room, in milliseconds. */
const FULL_MILLISECONDS = 250

/** Puts portions of lines on the queue. */
export class PortionWriter {
  /** After the last portion that is on the queue. */
  position: RunPosition
  private readonly tally: Tally
  private readonly matchers: readonly Matches[]
  private readonly memory: OrderMemory
  private hashes: Promise<string[]> | undefined
  /** Events of the present portion that need no job. */
  private readonly settled: Settled[] = []

  constructor(private readonly run: QueueRun) {
    const { fleet, subscriptions, stopped } = run
    this.tally = new Tally(subscriptions, stopped?.counts)
    this.matchers = subscriptions.map(({ name, subscribe }) => {
      const matches = matcherOf(subscribe)
      if (matches) return matches
      throw new Error(`Subscription "${name}" has no valid query: ${subscribe}`)
    })
    const sequences = stopped?.sequences ?? fleet.partitions.map(() => 0)
    this.memory = new OrderMemory(sequences)
    this.position = stopped ?? {
      ...{ read: 0, checksum: 0, put: 0, sequences, counts: this.tally.counts(), portionEnd: null, hasEnded: false }
    }
  }

  /**
   * @param portion not empty
   * @returns false when the run is to stop; the portion is not on the queue then
   */
  async write(portion: readonly SourceLine[]): Promise<boolean> {
    const { fleet, id } = this.run
    if (!(await this.room())) return false
    this.hashes ??= shareSubscriptions(fleet, this.run.subscriptions)
    const last = portion[portion.length - 1]
    await savePosition(fleet, id, { ...this.position, portionEnd: last.number })
    const events = portion.flatMap((line) => this.dividedEvents(line))
    const sequences = [...this.position.sequences]
    const pieces = divide(events, this.run.subscriptions, sequences, this.memory)
    const names = this.run.subscriptions.map(({ name }) => name)
    await putPieces(fleet, { id, names, hashes: await this.hashes }, pieces)
    // Not before: a producer that is killed while it puts a portion puts the same again.
    this.settled.splice(0).forEach((settled) => this.run.onSettled?.(settled))
    const { number: read, checksum } = last
    const put = this.position.put + pieces.reduce((sum, piece) => sum + piece.events.length, 0)
    const counts = this.tally.counts()
    this.position = { read, checksum, put, sequences, counts, portionEnd: null, hasEnded: false }
    await savePosition(fleet, id, this.position)
    this.run.onPut?.(this.position)
    return true
  }

  /** Resolves to true as soon as the queue has room, or to false when the run is to stop. */
  private async room(): Promise<boolean> {
    const { fleet, id, mostWaiting, signal, onFull } = this.run
    this.memory.forget(doneIn(await fleet.store.counts(runKey(id)), fleet.partitions.length))
    let wasFull = false
    while (!signal?.aborted && (await waitingJobs(fleet)) >= mostWaiting) {
      if (!wasFull) onFull?.(true)
      wasFull = true
      await setTimeout(FULL_MILLISECONDS, undefined, { signal }).catch(() => undefined)
    }
    if (wasFull) onFull?.(false)
    return !signal?.aborted
  }

  private dividedEvents(line: SourceLine): DividedEvent[] {
    if (line.kind === 'passed') return []
    this.tally.received++
    if (line.kind === 'unreadable') {
      this.unreadable(line)
      return []
    }
    const { event, number, file } = line
    const turnedOff = filteredByIntegrations(event, this.run.destination)
    const matching = this.matchers.flatMap((matches, index) => (turnedOff === null && matches(event) ? [index] : []))
    if (matching.length === 0) {
      this.unmatched(line, turnedOff ?? unmatchedReason(event))
      return []
    }
    if (isOld(event, Date.now())) this.tally.old++
    const text = JSON.stringify(event)
    return [{ event, text, bytes: Buffer.byteLength(text), number, from: `${file}:${line.line}`, matching }]
  }

  private unreadable({ file, line, text, reason }: UnreadableLine): void {
    this.tally.unreadable.add(reason)
    const outcome = { kind: 'rejected', status: 400, reason } as const
    this.settled.push({ file, line, text, subscription: null, outcome })
  }

  private unmatched({ file, line, text }: EventLine, reason: string): void {
    this.tally.unmatched.add(reason)
    this.settled.push({ file, line, text, subscription: null, outcome: { kind: 'filtered', reason } })
  }
}
