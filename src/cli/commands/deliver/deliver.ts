import {
  ChangedSourceError,
  presetSubscriptions,
  readMappingFile,
  runDelivery,
  UsageError,
  wantedLines,
  type Subscription,
  type Summary
} from '../../../segment-host'
import type { CommandContext, StopSignal } from '../../context'
import { credentialsFrom, type Credentials } from '../../credentials'
import { openEvents, type EventSource } from '../../events/open-events'
import { requestWatch, type Watch } from '../../watch'
import { deliveryTarget, targetName } from './delivery-target'
import { exitCodeOf, isFinished } from './ending'
import { concurrencyOf, type DeliverOptions } from './options'
import { defaultRejectedPath, RejectedFile } from './rejected-file'
import { writeReport } from './report'
import { resumption, type Resumption } from './resumption'
import { deliveryWatch, type DeliveryWatch } from './watching'

/** What a delivery needs, checked before the first event is sent. */
export interface Prepared {
  credentials: Credentials | null
  subscriptions: Subscription[]
  events: EventSource
  /** None for a dry run, which delivers nothing. */
  kept: { rejected: RejectedFile; resumption: Resumption } | null
}

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
  try {
    const target = await deliveryTarget(prepared.credentials, options, context, requestWatch(watch))
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

async function prepare<Settings>(
  paths: readonly string[],
  options: DeliverOptions,
  { terminal, definition }: CommandContext<Settings>
): Promise<Prepared> {
  const credentials = options.dryRun ? null : credentialsFrom(terminal.env, definition)
  if (credentials && options.visitors) {
    throw new UsageError(
      '--visitors shows the data of the embedded emulator, which is not used with credentials: leave one of them out'
    )
  }
  const subscriptions = options.mapping ? readMappingFile(options.mapping, definition) : presetSubscriptions(definition)
  const events = await openEvents(paths, { standardInput: terminal.stdin })
  if (options.dryRun) return { credentials, subscriptions, events, kept: null }
  const target = targetName(credentials, options)
  const found = resumption(paths, { target, files: events.files, subscriptions }, options)
  const rejectedPath = options.rejected ?? defaultRejectedPath(paths[0], events.files)
  const rejected = new RejectedFile(rejectedPath, events.files, found.stopped !== null)
  return { credentials, subscriptions, events, kept: { rejected, resumption: found } }
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
    throw new UsageError(
      'The events are not those of the stopped run: their beginning has changed. Use --restart to deliver from the start'
    )
  }
}

function positionIn(events: EventSource, received: number): Parameters<Watch['position']>[0] {
  return { events: received, bytes: events.bytesRead(), totalBytes: events.size }
}
