import os from 'os'
import type { CaseEnd, Pass } from './case-process'
import type { Case } from './cases'
import type { DeliveryRound } from './delivery-trials'
import type { FileTrial } from './file-trial'

/** What one case did: a pass in each round, and what was known at the end of each set. */
export interface Measured {
  one: Case
  passes: Pass[]
  ends: CaseEnd[]
}

/** The figures of one case: medians, but the fastest pass for our own code, since whatever else runs only adds to it. */
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

/** What one case is times another, round by round: the middle, and between which two values half of the rounds lie. */
export interface Ratio {
  median: number
  lowerQuartile: number
  upperQuartile: number
  /** The same from the processor time of both, which other work on the machine disturbs less; the middle. */
  byProcessorTime: number
}

/** How fast which case is compared with which other. */
export const RATIOS = {
  batchesToFramework: ['ours-batch-1000', 'framework-batch-1000'],
  batchesToSending: ['ours-batch-1000', 'sending-batch-1000'],
  batchesToOfficial: ['ours-batch-1000', 'official-single'],
  singleToOfficial: ['ours-single', 'official-single']
} as const

/** How the command's speed compares; each the middle of all rounds. */
export interface DeliveryRatios {
  eventsPerSecond: number
  toFramework: number
  toOfficial: number
  /** Several batches at once, to one at a time, in a mix with answers 30 milliseconds late. */
  atOnceToInTurn: number
}

export interface Results {
  machine: string
  rounds: number
  ratios: Record<keyof typeof RATIOS, Ratio>
  cases: CaseFigures[]
  files: FileFigures[]
  deliveries: DeliveryRatios
}

/** All results of the benchmark, without data that identifies the machine. */
export function resultsOf(measured: Measured[], files: FileTrial[], deliveries: DeliveryRound[]): Results {
  return {
    machine: `${os.cpus().length} cores, Node.js ${process.versions.node}`,
    rounds: measured[0].passes.length,
    ratios: {
      batchesToFramework: ratioOf(measured, RATIOS.batchesToFramework),
      batchesToSending: ratioOf(measured, RATIOS.batchesToSending),
      batchesToOfficial: ratioOf(measured, RATIOS.batchesToOfficial),
      singleToOfficial: ratioOf(measured, RATIOS.singleToOfficial)
    },
    cases: measured.map(caseFigures),
    files: files.map(({ events, seconds, peakBytes }) => ({
      events,
      eventsPerSecond: rounded(events / seconds, 0),
      peakMegabytes: rounded(peakBytes / 1e6, 0)
    })),
    deliveries: deliveryRatios(deliveries)
  }
}

function deliveryRatios(rounds: DeliveryRound[]): DeliveryRatios {
  const middle = (of: (round: DeliveryRound) => number, digits: number) => rounded(median(rounds.map(of)), digits)
  return {
    eventsPerSecond: middle(({ deliver }) => deliver, 0),
    toFramework: middle(({ deliver, framework }) => deliver / framework, 2),
    toOfficial: middle(({ deliver, official }) => deliver / official, 1),
    atOnceToInTurn: middle(({ mixedAtOnce, mixedInTurn }) => mixedAtOnce / mixedInTurn, 1)
  }
}

/** The figures of a case by its name. */
export function figuresOf({ cases }: Results, name: string): CaseFigures {
  const found = cases.find((one) => one.name === name)
  if (!found) throw new Error(`There is no case ${name}.`)
  return found
}

function caseFigures({ one, passes, ends }: Measured): CaseFigures {
  const own = Math.min(...ends.map((end) => end.own ?? Infinity))
  const middle = (of: (pass: Pass) => number, digits: number) => rounded(median(passes.map(of)), digits)
  return {
    name: one.name,
    label: one.label,
    batchSize: one.batchSize ?? null,
    inFlight: one.inFlight,
    eventsPerSecond: middle(speedOf, 0),
    cpuMicrosecondsPerEvent: middle(({ cpuSeconds, events }) => (cpuSeconds * 1e6) / events, 1),
    ownMicrosecondsPerEvent: one.subject === 'ours' ? rounded(own, 2) : null,
    requestsPerEvent: middle(({ requests, events }) => requests / events, 4),
    bytesPerEvent: middle(({ bytes, events }) => bytes / events, 0),
    peakMegabytes: rounded(median(ends.map(({ peakBytes }) => peakBytes)) / 1e6, 0)
  }
}

/** The two passes of a round ran close to each other in time, so a machine that slows down slows both. */
function ratioOf(measured: Measured[], [numerator, denominator]: readonly [string, string]): Ratio {
  const others = passesOf(measured, denominator)
  const ratiosBy = (of: (pass: Pass) => number) =>
    passesOf(measured, numerator).map((pass, round) => of(pass) / of(others[round]))
  const ratios = ratiosBy(speedOf)
  return {
    median: rounded(median(ratios), 2),
    lowerQuartile: rounded(quantile(ratios, 0.25), 2),
    upperQuartile: rounded(quantile(ratios, 0.75), 2),
    byProcessorTime: rounded(median(ratiosBy(({ events, cpuSeconds }) => events / cpuSeconds)), 2)
  }
}

function passesOf(measured: Measured[], name: string): Pass[] {
  const found = measured.find(({ one }) => one.name === name)
  if (!found) throw new Error(`There is no case ${name}.`)
  return found.passes
}

function speedOf({ events, seconds }: Pass): number {
  return events / seconds
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

/** The middle of the values; of an even number of values, the mean of the two in the middle. */
export function median(values: number[]): number {
  return quantile(values, 0.5)
}

/**
 * The value below which such a share of the values lies, between two of them by the line from one to the other.
 * @param share from 0 (the lowest) to 1 (the highest)
 */
export function quantile(values: number[], share: number): number {
  if (values.length === 0) throw new Error('There is no quantile of no values.')
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)]
  return below + (sorted[Math.ceil(place)] - below) * (place % 1)
}
