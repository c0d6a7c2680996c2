import type { Condition } from '../condition'
import { mixedLines, writeLines } from '../events'
import type { EmulatorReport } from '../stage/emulator'
import { until, type Stage } from '../stage/stage'
import { limitsOfMinute } from '../../src/fleet/requests/limits'

const WORKERS = 4

export interface RateOptions {
  events: number
  /** Requests a minute. */
  rate: number
  /** How many times the limit of the longest window is sent before the trial ends. */
  times: number
  /** In seconds: windows that the trial is long enough for. */
  windows: readonly number[]
}

/** However many workers there are, no sliding window has more requests of a kind than its limit. */
export async function rateLimit(stage: Stage, { events, rate, times, windows }: RateOptions): Promise<Condition[]> {
  await writeLines(stage.path('events.ndjson'), mixedLines(events, 2))
  const emulator = await stage.emulator()
  await stage.run('deliver', 'events.ndjson', '--queue', stage.queue, '--most-waiting', '1000000').ended
  for (let worker = 0; worker < WORKERS; worker++) stage.worker(emulator, rate)
  const limits = limitsOfMinute(rate).filter(({ seconds }) => windows.includes(seconds))
  const enough = times * Math.max(...limits.map(({ requests }) => requests))
  const isDone = async (): Promise<boolean> => {
    const { requests } = await emulator.report()
    return requests.filter(({ kind }) => kind === 'writing').length >= enough
  }
  await until('enough requests are sent', isDone)
  const { requests } = await emulator.report()
  return limits.map((limit) => limitCondition(limit, requests))
}

function limitCondition(
  { requests: most, seconds }: ReturnType<typeof limitsOfMinute>[number],
  requests: EmulatorReport['requests']
): Condition {
  const found = (['reading', 'writing'] as const).map((kind) => ({
    kind,
    count: fullest(
      requests.filter((request) => request.kind === kind).map(({ at }) => at),
      seconds * 1_000
    )
  }))
  return {
    name: `with ${WORKERS} workers no ${seconds} seconds have more than ${most} requests of a kind`,
    figures: found.map(({ kind, count }) => `${kind} ${count} at most`).join(', '),
    violations: found.flatMap(({ kind, count }) => (count > most ? [`${count} requests for ${kind}`] : []))
  }
}

/** The most moments that any window of this length has. @param moments in their order */
export function fullest(moments: readonly number[], milliseconds: number): number {
  let first = 0
  let most = 0
  moments.forEach((moment, index) => {
    while (moment - moments[first] >= milliseconds) first++
    most = Math.max(most, index - first + 1)
  })
  return most
}
