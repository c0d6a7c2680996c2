import { setTimeout } from 'timers/promises'
import { Tally, type Subscription, type Summary } from '../../segment-host'
import type { Fleet } from '../fleet'
import { doneIn, outcomesIn, retriesIn, runKey } from '../jobs/run-counts'
import type { PutResult } from './queue-run'

const POLL_MS = 250

/** What became of a run that was put on the queue, so far. */
export interface RunResult {
  summary: Summary
  /** Whether workers have finished all of its jobs. */
  isDone: boolean
}

/** @param put what putting it on the queue ended with */
export async function resultOf(
  { store, partitions }: Pick<Fleet, 'store' | 'partitions'>,
  run: string,
  subscriptions: readonly Subscription[],
  put: PutResult
): Promise<RunResult> {
  const counts = await store.counts(runKey(run))
  const done = doneIn(counts, partitions.length)
  const { position, seconds, lines, stopped } = put
  const outcomes = outcomesIn(counts, subscriptions.length)
  const counted = new Tally(subscriptions, { ...position.counts, subscriptions: outcomes }).summary()
  const settled = counted.subscriptions.reduce((sum, { received }) => sum + received, 0)
  return {
    summary: {
      ...counted,
      ...{ unsettled: position.put - settled, retries: retriesIn(counts), seconds, linesPerSecond: lines / seconds },
      ...(stopped ? { stopped } : {})
    },
    isDone: position.sequences.every((sequence, partition) => done[partition] >= sequence)
  }
}

/**
 * Waits until workers have finished all jobs of a run, or the signal is aborted.
 * @param onProgress called now and then with the result so far
 */
export async function waitForResult(
  result: () => Promise<RunResult>,
  signal: AbortSignal | undefined,
  onProgress: (result: RunResult) => void
): Promise<RunResult> {
  const begin = performance.now()
  for (;;) {
    const present = await result()
    const { summary } = present
    const seconds = summary.seconds + (performance.now() - begin) / 1000
    const timed = { ...present, summary: { ...summary, seconds, linesPerSecond: linesIn(summary) / seconds } }
    if (present.isDone || signal?.aborted) return timed
    onProgress(timed)
    await setTimeout(POLL_MS, undefined, { signal }).catch(() => undefined)
  }
}

const linesIn = ({ linesPerSecond, seconds }: Summary): number => linesPerSecond * seconds
