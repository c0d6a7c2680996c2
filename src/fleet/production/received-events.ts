import { randomUUID } from 'crypto'
import type { SegmentEvent } from '@segment/actions-core'
import type { EventLine } from '../../segment-host'
import { PortionWriter } from './portion-writer'
import type { QueueRun } from './queue-run'

/** How received events are put on the partitions. */
export type ReceivedRun = Pick<QueueRun, 'fleet' | 'destination' | 'subscriptions' | 'mostWaiting' | 'onFull'>

/**
 * A function that puts received events on the partitions, in their order. It rejects when it is to stop, or the queue fails;
 * events that are put again then are sent with the same nonces. After a failure a new run begins, as in every process, so that
 * different jobs never have the same id.
 */
export function receivedEvents(
  run: ReceivedRun
): (events: readonly SegmentEvent[], signal: AbortSignal) => Promise<void> {
  let writing: Writing | undefined
  return async (events, signal) => {
    if (events.length === 0) return
    const present = (writing ??= startWriting(run))
    // It takes its place again when all events are on the queue.
    writing = undefined
    await present.write(events, signal)
    writing = present
  }
}

interface Writing {
  write: (events: readonly SegmentEvent[], signal: AbortSignal) => Promise<void>
}

function startWriting(run: ReceivedRun): Writing {
  let stop: AbortSignal | undefined
  let number = 0
  const writer = new PortionWriter({
    ...run,
    id: `receive-${randomUUID()}`,
    // That of the present call.
    get signal() {
      return stop
    }
  })
  const lineOf = (event: SegmentEvent): EventLine => {
    number++
    return { kind: 'event', file: 'received', line: number, number, checksum: 0, text: '', bytes: 0, event }
  }
  return {
    write: async (events, signal) => {
      stop = signal
      if (!(await writer.write(events.map(lineOf)))) throw new Error('Stopped before the events were on the queue')
    }
  }
}
