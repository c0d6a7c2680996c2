import { readFileSync } from 'fs'
import { pauseFleet, resumeFleet } from '../../src/fleet'
import type { Condition } from '../condition'
import { plainLines, writeLines } from '../events'
import type { Command } from '../stage/command'
import type { EmulatorProcess } from '../stage/emulator'
import { until, type Stage } from '../stage/stage'

/** Kernel ticks of processor time; Linux has this number on every machine. */
const TICKS_PER_SECOND = 100
const LEAST_SHARE = 0.4

/** What so many workers did with one file. */
export interface Growth {
  workers: number
  eventsPerSecond: number
  /** Processor time of all workers together for one event. */
  microsecondsPerEvent: number
  /** Jobs of each worker. */
  jobs: readonly number[]
}

/** Sends one file with each number of workers. All of it waits on the queue before the first job is taken. */
export async function growth(stage: Stage, events: number, numbers: readonly number[]): Promise<Growth[]> {
  await writeLines(stage.path('events.ndjson'), plainLines(events))
  const found: Growth[] = []
  for (const workers of numbers) found.push(await measure(stage, await stage.emulator(), events, workers))
  return found
}

async function measure(stage: Stage, emulator: EmulatorProcess, events: number, count: number): Promise<Growth> {
  await pauseFleet(stage.fleet)
  const kept = ['--checkpoint', `${count}.checkpoint`, '--rejected', `${count}.rejected`]
  await stage.run('deliver', 'events.ndjson', '--queue', stage.queue, '--most-waiting', '1000000', ...kept).ended
  const workers = Array.from({ length: count }, () => stage.worker(emulator))
  await until('workers are ready', () =>
    Promise.resolve(workers.every(({ errorText }) => errorText.includes('The queue is paused')))
  )
  const before = { settled: await stage.settled(), ticks: workers.map(ticksOf), at: performance.now() }
  await resumeFleet(stage.fleet)
  await until('all events are settled', async () => (await stage.settled()) - before.settled >= events)
  const seconds = (performance.now() - before.at) / 1_000
  const ticks = workers.reduce((sum, worker, index) => sum + ticksOf(worker) - before.ticks[index], 0)
  await Promise.all(workers.map((worker) => worker.stop()))
  return {
    workers: count,
    eventsPerSecond: events / seconds,
    microsecondsPerEvent: (ticks / TICKS_PER_SECOND / events) * 1e6,
    jobs: workers.map(jobsOf)
  }
}

/** Processor time so far, in ticks, of the process and its threads. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function ticksOf({ pid }: Command): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name of the program is in brackets, and may hold spaces. utime and stime are fields 14 and 15.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11]) + Number(fields[12])
}

/** A worker says at its end how many jobs it had. */
function jobsOf({ errorText }: Command): number {
  const said = [...errorText.matchAll(/([\d,]+) jobs?: /g)].pop()
  return Number(said?.[1].replace(/,/g, '') ?? 0)
}

/** Whether two workers had about the same. */
export function fairSharing(found: readonly Growth[]): Condition {
  const jobs = found.find(({ workers }) => workers === 2)?.jobs ?? []
  const all = jobs.reduce((sum, one) => sum + one, 0)
  const least = all === 0 ? 0 : Math.min(...jobs) / all
  return {
    name: 'two workers share the jobs, 40 to 60 percent each',
    figures: `${jobs.join(' and ')} jobs`,
    violations: least < LEAST_SHARE ? [`one had ${(least * 100).toFixed(0)} percent`] : []
  }
}

/** A table in Markdown. */
export function growthTable(backend: string, found: readonly Growth[]): string {
  const rows = found.map(
    ({ workers, eventsPerSecond, microsecondsPerEvent }) =>
      `| ${backend} | ${workers} | ${Math.round(eventsPerSecond).toLocaleString('en')} | ${microsecondsPerEvent.toFixed(0)} µs |`
  )
  return [
    '| Queue | Workers | Events a second | Processor time of workers per event |',
    '| --- | --- | --- | --- |',
    ...rows
  ].join('\n')
}
