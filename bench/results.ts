import os from 'os'
import { CASES, type Case } from './cases'
import type { FileTrial } from './file-trial'
import { median } from './median'
import type { Trial } from './trial'

/** Trials by case name, one a round. */
export type Rounds = Map<string, Trial[]>

/** The figures of one case; medians of the rounds. */
export interface CaseFigures {
  name: string
  label: string
  batchSize: number | null
  inFlight: number
  eventsPerSecond: number
  cpuMicrosecondsPerEvent: number
  ownMicrosecondsPerEvent: number | null
  requestsPerEvent: number
  bytesPerEvent: number
  peakMegabytes: number
}

export interface FileFigures {
  events: number
  eventsPerSecond: number
  peakMegabytes: number
}

/** What one case is times another, round by round: the middle and the ends. */
export interface Ratio {
  median: number
  lowest: number
  highest: number
  /** The same from the processor time of both, which other work on the machine disturbs less; the middle. */
  byProcessorTime: number
}

/** How fast which case is compared with which other. */
export const RATIOS = {
  batchesToFramework: ['ours-batch-1000', 'framework-batch-1000'],
  batchesToOfficial: ['ours-batch-1000', 'official-single'],
  singleToOfficial: ['ours-single', 'official-single']
} as const

export interface Results {
  machine: string
  rounds: number
  ratios: Record<keyof typeof RATIOS, Ratio>
  cases: CaseFigures[]
  files: FileFigures[]
}

/** Everything the benchmark found out, without anything that would tell one machine from another like it. */
export function resultsOf(rounds: Rounds, files: FileTrial[]): Results {
  return {
    machine: `${os.cpus().length} cores, Node.js ${process.versions.node}`,
    rounds: trialsOf(rounds, CASES[0].name).length,
    ratios: {
      batchesToFramework: ratioOf(rounds, RATIOS.batchesToFramework),
      batchesToOfficial: ratioOf(rounds, RATIOS.batchesToOfficial),
      singleToOfficial: ratioOf(rounds, RATIOS.singleToOfficial)
    },
    cases: CASES.map((one) => caseFigures(one, trialsOf(rounds, one.name))),
    files: files.map(({ events, seconds, peakBytes }) => ({
      events,
      eventsPerSecond: rounded(events / seconds, 0),
      peakMegabytes: rounded(peakBytes / 1e6, 0)
    }))
  }
}

/** The figures of a case by its name. */
export function figuresOf({ cases }: Results, name: string): CaseFigures {
  const found = cases.find((one) => one.name === name)
  if (!found) throw new Error(`There is no case ${name}.`)
  return found
}

function caseFigures({ name, label, batchSize, inFlight, subject }: Case, trials: Trial[]): CaseFigures {
  const middle = (of: (trial: Trial) => number, digits: number) => rounded(median(trials.map(of)), digits)
  return {
    name,
    label,
    batchSize: batchSize ?? null,
    inFlight,
    eventsPerSecond: middle(speedOf, 0),
    cpuMicrosecondsPerEvent: middle(({ cpuSeconds, events }) => (cpuSeconds * 1e6) / events, 1),
    ownMicrosecondsPerEvent: subject === 'ours' ? middle(({ own = NaN }) => own, 2) : null,
    requestsPerEvent: middle(({ requests, events }) => requests / events, 4),
    bytesPerEvent: middle(({ bytes, events }) => bytes / events, 0),
    peakMegabytes: middle(({ peakBytes }) => peakBytes / 1e6, 0)
  }
}

/** The two trials of a round ran close to each other in time, so a machine that slows down slows both. */
function ratioOf(rounds: Rounds, [numerator, denominator]: readonly [string, string]): Ratio {
  const others = trialsOf(rounds, denominator)
  const ratiosBy = (of: (trial: Trial) => number) =>
    trialsOf(rounds, numerator).map((trial, round) => of(trial) / of(others[round]))
  const ratios = ratiosBy(speedOf)
  return {
    median: rounded(median(ratios), 2),
    lowest: rounded(Math.min(...ratios), 2),
    highest: rounded(Math.max(...ratios), 2),
    byProcessorTime: rounded(median(ratiosBy(({ events, cpuSeconds }) => events / cpuSeconds)), 2)
  }
}

function trialsOf(rounds: Rounds, name: string): Trial[] {
  return rounds.get(name) ?? []
}

function speedOf({ events, seconds }: Trial): number {
  return events / seconds
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
