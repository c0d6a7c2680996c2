import { randomUUID } from 'crypto'
import type { SegmentEvent } from '@segment/actions-core'
import type { EventLine } from '../../segment-host'
import { PortionWriter } from './portion-writer'
import type { QueueRun } from './queue-run'

/** How received events are put on the partitions. */
export type ReceivedRun = Pick<QueueRun, 'fleet' | 'destination' | 'subscriptions' | 'mostWaiting' | 'onFull'>

/**
 * A function that puts received events on the partitions, in their order. It rejects when it is to stop, or the queue fails;
 * events that are put again then are sent with the same nonces. Each process has a run of its own, so that two of them
 * never give the same id to different jobs.
 */
export function receivedEvents(
  run: ReceivedRun
): (events: readonly SegmentEvent[], signal: AbortSignal) => Promise<void> {
  let stop: AbortSignal | undefined
  let number = 0
  // The writer reads the signal of the present call.
  const queueRun: QueueRun = {
    ...run,
    id: `receive-${randomUUID()}`,
    get signal() {
      return stop
    }
  }
  const writer = new PortionWriter(queueRun)
  return async (events, signal) => {
    if (events.length === 0) return
    stop = signal
    const lines = events.map((event): EventLine => {
      number++
      return { kind: 'event', file: 'received', line: number, number, checksum: 0, text: '', bytes: 0, event }
    })
    if (!(await writer.write(lines))) throw new Error('Stopped before the events were on the queue')
  }
}
