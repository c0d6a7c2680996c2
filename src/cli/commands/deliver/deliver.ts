import { ChangedSourceError, runDelivery, UsageError, wantedLines, type Summary } from '../../../segment-host'
import type { CommandContext, StopSignal } from '../../context'
import type { EventSource } from '../../../event-files/open-events'
import type { Watch } from '../../watch'
import { deliveryTarget } from './delivery-target'
import { queueAddress } from '../fleet/queue-address'
import { deliverToQueue } from './deliver-to-queue'
import { CHANGED_SOURCE, exitCodeOf, isFinished } from './ending'
import { concurrencyOf, type DeliverOptions } from './options'
import { prepare, type Prepared } from './prepared'
import { writeReport } from './report'
import { deliveryWatch, type DeliveryWatch } from './watching'

/**
 * Delivers files of Segment events to Kameleoon, prints the results, and resolves to the exit code; see `EXIT_CODES`.
 * @param paths files, folders and patterns; `-` for standard input
 * @throws UsageError when it cannot start
 */
export async function deliver<Settings>(
  paths: readonly string[],
  options: DeliverOptions,
  context: CommandContext<Settings>
): Promise<number> {
  const prepared = await prepare(paths, options, context)
  const watch = await deliveryWatch(options, context, prepared)
  if (options.queue !== undefined) {
    return deliverToQueue(queueAddress(options.queue, context.terminal.env), prepared, options, context, watch)
  }
  try {
    const target = await deliveryTarget(prepared.credentials, options, context, watch)
    try {
      const { summary, signal } = await run(prepared, target.send, options, context, watch)
      await watch.close()
      await writeReport({ summary, signal, prepared, target, options, requests: watch.requests() }, context)
      return exitCodeOf(summary, signal)
    } finally {
      await target.close()
    }
  } finally {
    prepared.kept?.rejected.close()
    await watch.close()
  }
}

async function run<Settings>(
  { subscriptions, events, kept }: Prepared,
  send: Parameters<typeof runDelivery>[1]['send'],
  options: DeliverOptions,
  { definition, retry, untilInterrupted, whenOutputCloses }: CommandContext<Settings>,
  watch: DeliveryWatch
): Promise<{ summary: Summary; signal: StopSignal | undefined }> {
  const { batchSize, retries, retryDelay, limit, maxRejected } = options
  const stopped = kept?.resumption.stopped ?? undefined
  // Events are delivered even if nobody reads the results; a dry run has nothing else.
  if (!options.dryRun) whenOutputCloses?.(() => undefined)
  const interruption = new AbortController()
  let signal: StopSignal | undefined
  void untilInterrupted().then((received) => {
    signal = received
    watch.note(`${received}: batches under way have ten seconds to settle. A second signal ends at once.`)
    interruption.abort()
  })
  try {
    const summary = await runDelivery(events.portions(stopped && wantedLines(subscriptions, stopped)), {
      destination: definition,
      subscriptions,
      send,
      batchSize,
      concurrency: concurrencyOf(options),
      retry: { ...retry, retries, firstDelayMs: retryDelay },
      stopped,
      checkpoints: kept?.resumption.file,
      limit,
      mostRejected: maxRejected,
      signal: interruption.signal,
      onReceived: (received) => watch.position(positionIn(events, received)),
      onSettled: (settled) => {
        kept?.rejected.add(settled)
        watch.settled(settled)
      },
      onSent: (batch) => watch.batch(batch),
      onPause: (pause) => watch.waiting(pause)
    })
    if (isFinished(summary)) kept?.resumption.file.remove()
    kept?.rejected.removeOutdated()
    return { summary, signal }
  } catch (error) {
    if (!(error instanceof ChangedSourceError)) throw error
    throw new UsageError(CHANGED_SOURCE)
  }
}

function positionIn(events: EventSource, received: number): Parameters<Watch['position']>[0] {
  return { events: received, bytes: events.bytesRead(), totalBytes: events.size }
}
