import { setImmediate as nextTurn } from 'timers/promises'
import type { Receiver } from '../delivery/receive'
import type { LiveEvent } from '../event-log/live-event'
import { replay } from '../events/send-events'
import type { Run } from './run'
import type { Runs } from './runs'

/** Events are received in portions of this size, so that other requests get their turn. */
const PORTION = 200

/** Sends events again, no faster than they are delivered. Resolves when all are received, or the run was stopped. */
export async function receiveReplays(
  receiver: Receiver & { runs: Runs; stream: { sendSoon(): void } },
  run: Run,
  events: readonly LiveEvent[]
): Promise<void> {
  for (let start = 0; start < events.length && !run.isStopped; start += PORTION) {
    for (const event of events.slice(start, start + PORTION)) receiver.runs.add(run, replay(receiver, event))
    await run.room()
    await nextTurn()
  }
  run.sent()
  receiver.stream.sendSoon()
}
