import Table from 'cli-table3'
import { figuresOf, type CaseFigures, type DeliveryRatios, type FileFigures, type Ratio, type Results } from './results'

const PLAIN = { head: [], border: [], compact: true }

/** The figures as tables, ratios first. */
export function reportText({ machine, rounds, ratios, cases, files, deliveries }: Results): string {
  return [
    `${machine}; the middle of ${rounds} rounds, in which the cases take turns, each in a process of its own, the receiver in another.`,
    tableText(
      ['Events a second, ratios round by round', 'middle', 'quartiles', 'by CPU time'],
      [
        ratioRow('Batches of 1,000 / framework alone', ratios.batchesToFramework),
        ratioRow('Batches of 1,000 / framework and sending', ratios.batchesToSending),
        ratioRow('Batches of 1,000 / official, single', ratios.batchesToOfficial),
        ratioRow('Single / official, single', ratios.singleToOfficial)
      ]
    ),
    tableText(
      ['Case', 'in flight', 'events/s', 'CPU µs/event', 'own µs/event', 'requests/event', 'bytes/event', 'peak MB'],
      cases.map(caseRow)
    ),
    tableText(['File delivered to an emulator in the same process', 'events/s', 'peak MB'], files.map(fileRow)),
    tableText(['File delivered to a receiver in another process', 'middle'], deliveryRows(deliveries))
  ].join('\n\n')
}

/** Which targets are met. */
export function targetsText(targets: Target[]): string {
  return tableText(
    ['Target', 'measured', 'met'],
    targets.map(({ wanted, measured, isMet }) => [wanted, measured, isMet ? 'yes' : 'NO'])
  )
}

function ratioRow(what: string, { median, lowerQuartile, upperQuartile, byProcessorTime }: Ratio): string[] {
  const quartiles = `${lowerQuartile.toFixed(2)} to ${upperQuartile.toFixed(2)}`
  return [what, median.toFixed(2), quartiles, byProcessorTime.toFixed(2)]
}

function caseRow(figures: CaseFigures): string[] {
  return [
    figures.label,
    String(figures.inFlight),
    numberText(figures.eventsPerSecond),
    figures.cpuMicrosecondsPerEvent.toFixed(1),
    figures.ownMicrosecondsPerEvent?.toFixed(2) ?? '',
    figures.requestsPerEvent.toFixed(3),
    numberText(figures.bytesPerEvent),
    numberText(figures.peakMegabytes)
  ]
}

function fileRow({ events, eventsPerSecond, peakMegabytes }: FileFigures): string[] {
  return [`${numberText(events)} events`, numberText(eventsPerSecond), numberText(peakMegabytes)]
}

function deliveryRows({ eventsPerSecond, toFramework, toOfficial, atOnceToInTurn }: DeliveryRatios): string[][] {
  return [
    ['Events a second', numberText(eventsPerSecond)],
    ['Times the framework alone', toFramework.toFixed(2)],
    ['Times the official destination', toOfficial.toFixed(1)],
    ['Mix, answers 30 ms late: several batches at once / one at a time', atOnceToInTurn.toFixed(1)]
  ]
}

function numberText(value: number): string {
  return value.toLocaleString('en')
}

function tableText(head: string[], rows: string[][]): string {
  const colAligns = head.map((_, column): 'left' | 'right' => (column === 0 ? 'left' : 'right'))
  const table = new Table({ head, colAligns, style: PLAIN })
  table.push(...rows)
  return table.toString()
}

/** Something the benchmark has to show, and what it showed. */
export interface Target {
  wanted: string
  measured: string
  isMet: boolean
}

/** Memory counts as flat while the largest file takes at most this many times what the smallest one takes. */
const FLAT = 1.2

/** The targets for speed and growth, compared with the medians. */
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
    atMost('Files: peak memory of the largest, times that of the smallest', FLAT, growth),
    atMost('Files: peak memory of the largest in MB', 250, results.files[results.files.length - 1].peakMegabytes),
    atLeast('Deliveries: times the framework alone', 2, results.deliveries.toFramework),
    atLeast('Deliveries: times the official destination', 30, results.deliveries.toOfficial)
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
