import {
  fleetOn,
  openBackend,
  positionOf,
  putOnQueue,
  queuePlace,
  resultOf,
  waitForResult,
  type Fleet,
  type PutResult,
  type RunPosition,
  type RunResult
} from '../../../fleet'
import { ChangedSourceError, messageOf, UsageError, type Checkpoint, type Summary } from '../../../segment-host'
import { coloursFor, widthOf, type CommandContext, type StopSignal } from '../../context'
import { CHANGED_SOURCE, exitCodeOf, EXIT_CODES } from './ending'
import type { DeliverOptions } from './options'
import type { Prepared } from './prepared'
import { queueReport } from './queue-report'
import type { DeliveryWatch } from './watching'

/** How often the progress of workers is shown while `--wait` waits, in milliseconds. */
const NOTE_MS = 10_000

/**
 * Puts files of events on a queue, prints what became of them, and resolves to the exit code.
 * @param url address of the queue
 * @throws UsageError when it cannot start
 */
export async function deliverToQueue<Settings>(
  url: string,
  prepared: Prepared,
  options: DeliverOptions,
  context: CommandContext<Settings>,
  watch: DeliveryWatch
): Promise<number> {
  try {
    const backend = await openBackend(url)
    try {
      const fleet = await fleetOn(backend)
      for (const risk of await fleet.risks()) watch.note(risk)
      return await new QueueDelivery(fleet, queuePlace(url), prepared, options, context, watch).run()
    } finally {
      await backend.close()
    }
  } finally {
    prepared.kept?.rejected.close()
    await watch.close()
  }
}

class QueueDelivery<Settings> {
  private readonly interruption = new AbortController()
  private signal: StopSignal | undefined

  constructor(
    private readonly fleet: Fleet,
    private readonly place: string,
    private readonly prepared: Prepared,
    private readonly options: DeliverOptions,
    private readonly context: CommandContext<Settings>,
    private readonly watch: DeliveryWatch
  ) {}

  async run(): Promise<number> {
    const { kept, subscriptions } = this.prepared
    if (!kept) throw new UsageError('A dry run uses no queue: leave out --dry-run or --queue')
    void this.context.untilInterrupted().then((received) => {
      this.signal = received
      this.interruption.abort()
    })
    const { id, file } = kept.resumption
    const stopped = await this.stoppedAt()
    if (stopped === null) file.keep(emptyCheckpoint(subscriptions.length))
    this.watch.note(`Putting events on the queue at ${this.place}, as run ${id}.`)
    const put = await this.put(stopped)
    if (put === null) return EXIT_CODES.unfinished.code
    file.keep(checkpointOf(put.position, subscriptions.length))
    kept.rejected.removeOutdated()
    const result = (): Promise<RunResult> => resultOf(this.fleet, id, subscriptions, put)
    const isWaiting = this.options.wait === true && put.stopped === undefined
    const { summary, isDone } = isWaiting ? await this.wait(result) : await result()
    // As long as the result is waited for, --resume can go on waiting.
    if (put.position.hasEnded && (isDone || !this.options.wait)) file.remove()
    await this.watch.close()
    this.report({ summary, isDone, put })
    return this.exitCode({ summary, isDone, put })
  }

  /** Where a stopped run was; null for a new one. */
  private async stoppedAt(): Promise<RunPosition | null> {
    const resumption = this.prepared.kept?.resumption
    if (!resumption?.stopped) return null
    const position = await positionOf(this.fleet, resumption.id)
    if (position || resumption.stopped.checkpoint.read === 0) return position
    throw new UsageError(
      `The queue at ${this.place} does not know the stopped run ${resumption.id}: it was emptied, or is another one. Use the same, or --restart`
    )
  }

  /** Null when the queue failed; that was said then. */
  private async put(stopped: RunPosition | null): Promise<PutResult | null> {
    const { events, subscriptions, kept } = this.prepared
    try {
      return await putOnQueue(events.portions(), {
        fleet: this.fleet,
        id: kept?.resumption.id ?? '',
        destination: this.context.definition,
        subscriptions,
        stopped,
        mostWaiting: this.options.mostWaiting,
        limit: this.options.limit,
        signal: this.interruption.signal,
        onReceived: (received) =>
          this.watch.position({ events: received, bytes: events.bytesRead(), totalBytes: events.size }),
        onSettled: (settled) => {
          kept?.rejected.add(settled)
          this.watch.settled(settled)
        },
        onPut: (position) => kept?.resumption.file.keep(checkpointOf(position, subscriptions.length)),
        onFull: (isFull) => {
          if (isFull) this.watch.note('The queue is full: waiting until workers have made room.')
        }
      })
    } catch (error) {
      if (error instanceof ChangedSourceError) throw new UsageError(CHANGED_SOURCE)
      if (error instanceof UsageError) throw error
      this.context.terminal.stderr.write(
        `Stopped: events could not be put on the queue at ${this.place}: ${messageOf(error)}. Go on with the same command and --resume.\n`
      )
      return null
    }
  }

  private wait(result: () => Promise<RunResult>): Promise<RunResult> {
    this.watch.note('All events are on the queue: waiting until workers have delivered them.')
    let notedAt = performance.now()
    return waitForResult(result, this.interruption.signal, ({ summary }) => {
      if (performance.now() - notedAt < NOTE_MS) return
      notedAt = performance.now()
      this.watch.note(`${summary.unsettled.toLocaleString('en')} events are left.`)
    })
  }

  private report({ summary, isDone, put }: Outcome): void {
    const { stdout, stderr, env } = this.context.terminal
    const { kept } = this.prepared
    const id = kept?.resumption.id ?? ''
    const rejectedFile = kept?.rejected.hasEvents ? kept.rejected.path : null
    if (this.options.json) {
      const queued = put.position.put
      stdout.write(
        `${JSON.stringify({ kameleoon: 'queue', run: id, queued, isDone, ...summary, rejectedFile }, null, 2)}\n`
      )
      return
    }
    const shown = { summary, isDone, run: id, queued: put.position.put, rejectedFile, place: this.place }
    stdout.write(queueReport(shown, coloursFor(stdout, env), widthOf(stdout)))
    if (put.stopped) {
      stderr.write(`Stopped: ${put.stopped.reason}. Go on with the same command and --resume.\n`)
    }
  }

  private exitCode({ summary, isDone, put }: Outcome): number {
    if (put.stopped || (isDone && this.options.wait)) return exitCodeOf(summary, this.signal)
    if (this.options.wait) return EXIT_CODES[this.signal ?? 'unfinished'].code
    return summary.rejected > 0 ? EXIT_CODES.rejected.code : EXIT_CODES.done.code
  }
}

interface Outcome {
  summary: Summary
  isDone: boolean
  put: PutResult
}

/** Everything that was read is on the queue, so nothing of it is open here. */
function checkpointOf({ read, checksum, counts }: RunPosition, subscriptions: number): Checkpoint {
  return { ...emptyCheckpoint(subscriptions), read, checksum, counts }
}

function emptyCheckpoint(subscriptions: number): Checkpoint {
  const none = Array.from({ length: subscriptions }, () => [])
  const counts = { received: 0, old: 0, unmatched: [], unreadable: [], subscriptions: [] }
  return { read: 0, checksum: 0, unsettled: none, settledLater: none, counts }
}
