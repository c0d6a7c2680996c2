import { Delivery } from './delivery'
import type { DeliveryRun } from './delivery-run'
import { messageOf } from './errors'
import type { Source, SourceLine } from './source'
import type { Summary } from './summary'

/**
 * Delivers a source of events as Segment does between a source and a destination: every event goes to each subscription it
 * matches, in batches, and is sent again where that may help. Batches of different persons run at the same time; those of
 * one person are sent in order. Resolves when every event is settled or the run stops, and also when reading fails: the
 * summary says so then.
 * @throws Error when a subscription has no valid query, or a callback other than `onSettled` throws
 * @throws ChangedSourceError when the source is not that of the stopped run; nothing was sent then
 */
export async function runDelivery(source: Source, run: DeliveryRun): Promise<Summary> {
  const delivery = new Delivery(run)
  const stop = (): void => delivery.stop('request', 'it was asked to stop')
  if (run.signal?.aborted) stop()
  run.signal?.addEventListener('abort', stop, { once: true })
  try {
    const failure = await read(source, delivery)
    return await delivery.finish(failure)
  } finally {
    run.signal?.removeEventListener('abort', stop)
  }
}

/** Hands all lines to the delivery. Resolves to the reason when the source cannot be read to its end. */
async function read(source: Source, delivery: Delivery): Promise<string | undefined> {
  const portions = portionsOf(source)
  while (!delivery.hasStopped) {
    let next: IteratorResult<readonly SourceLine[]> | undefined
    try {
      next = await delivery.orStopped(portions.next())
    } catch (error) {
      return messageOf(error)
    }
    if (next === undefined) break
    if (next.done) {
      delivery.sourceEnded()
      break
    }
    await delivery.receive(next.value)
  }
  // A source that gives nothing for now, such as a terminal, would not answer: nobody waits for it.
  if (delivery.hasStopped) void portions.return(undefined).catch(() => undefined)
  return undefined
}

async function* portionsOf(source: Source): AsyncGenerator<readonly SourceLine[]> {
  for await (const lines of source) yield lines
}
