import { conditions } from './conditions'
import { measureOutages } from './outages'
import { runSuite, type SuiteOptions } from './suite'
import { outageReport, report } from './tables'

/** Fewer events go in smaller batches, so that there are enough requests to disturb. */
const SMALL = 20_000

/**
 * The whole suite: `tsx faults/main.ts [events] [seed]`. Prints the figures, and ends with 1 when a condition fails.
 */
async function main([events = '100000', seed = '1']: string[]): Promise<number> {
  const options: SuiteOptions = {
    events: Number(events),
    seed: Number(seed),
    batchSize: Number(events) < SMALL ? 100 : 500,
    senders: 1,
    mapWrites: 'replace'
  }
  process.stdout.write(`${events} events in batches of ${options.batchSize}, seed ${seed}\n\n`)
  const result = await runSuite(options)
  process.stdout.write(`${report(result)}\n\n`)
  const outages = await measureOutages('full')
  process.stdout.write(`${outageReport(outages)}\n`)
  return [...conditions(result), ...outages].some(({ violations }) => violations.length > 0) ? 1 : 0
}

void main(process.argv.slice(2)).then((code) => (process.exitCode = code))
