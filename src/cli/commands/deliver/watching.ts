import { randomUUID } from 'crypto'
import { secretsOf } from '../../../segment-host'
import type { CommandContext } from '../../context'
import { logWatch, progressOn, standardError, startMetrics, watches, type Watch } from '../../watch'
import type { Prepared } from './prepared'
import type { DeliverOptions } from './options'

/** What follows a delivery: progress on standard error or logs, and metrics where they are asked for. */
export interface DeliveryWatch extends Watch {
  /** Requests so far. */
  requests: () => number
}

/** @throws UsageError when the metrics cannot be served */
export async function deliveryWatch<Settings>(
  options: DeliverOptions,
  context: CommandContext<Settings>,
  prepared: Pick<Prepared, 'credentials' | 'kept'>
): Promise<DeliveryWatch> {
  const { stderr, env } = context.terminal
  const all: Watch[] = []
  if (options.metrics) {
    const { watch, url } = await startMetrics(options.metrics)
    stderr.write(`Metrics are at ${url}\n`)
    all.push(watch)
  }
  if (options.log) all.push(logOf(context, prepared))
  // The requests of a dry run are printed, which would disturb the bar.
  else if (!options.dryRun) all.push(progressOn(stderr, env))
  let requests = 0
  const watch = watches(all)
  let closed: Promise<void> | undefined
  return {
    ...watch,
    request: (request) => {
      requests++
      watch.request(request)
    },
    // Nothing else of a dry run is on standard error but its table.
    note: (text) => (options.dryRun && !options.log ? void stderr.write(`${text}\n`) : watch.note(text)),
    requests: () => requests,
    close: () => (closed ??= watch.close())
  }
}

function logOf<Settings>(
  { definition }: CommandContext<Settings>,
  { credentials, kept }: Pick<Prepared, 'credentials' | 'kept'>
): Watch {
  const runId = kept?.resumption.stopped?.id ?? randomUUID()
  return logWatch({ runId, destination: standardError(), secrets: secretsOf(definition, { ...credentials }) })
}
