import { figuresOf, type Results } from './results'

/** Something the benchmark has to show, and what it showed. */
export interface Target {
  wanted: string
  measured: string
  isMet: boolean
}

/** Memory counts as flat while the largest file takes at most this many times what the smallest one takes. */
const FLAT = 1.5

/** The targets of speed and growth, judged by the medians. */
export function targetsOf(results: Results): Target[] {
  const { batchesToFramework, batchesToOfficial, singleToOfficial } = results.ratios
  const own = figuresOf(results, 'ours-batch-1000').ownMicrosecondsPerEvent ?? Infinity
  const single = figuresOf(results, 'ours-single')
  const growth = growthOf(results)
  return [
    atLeast('Batches of 1,000: times the framework alone', 0.85, batchesToFramework.median),
    atLeast('Batches of 1,000: times the official destination', 20, batchesToOfficial.median),
    atLeast('Single events: times the official destination', 1, singleToOfficial.median),
    atMost('Batches of 1,000: microseconds of our own code per event', 3, own),
    atMost('Single events: requests per event', 1, single.requestsPerEvent),
    atMost('Files: peak memory of the largest, times that of the smallest', FLAT, growth)
  ]
}

function growthOf({ files }: Results): number {
  return Number((files[files.length - 1].peakMegabytes / files[0].peakMegabytes).toFixed(2))
}

function atLeast(what: string, limit: number, measured: number): Target {
  return { wanted: `${what}, at least ${limit}`, measured: String(measured), isMet: measured >= limit }
}

function atMost(what: string, limit: number, measured: number): Target {
  return { wanted: `${what}, at most ${limit}`, measured: String(measured), isMet: measured <= limit }
}
