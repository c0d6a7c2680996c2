import type { Summary } from '../../../segment-host'
import { coloursFor, widthOf, type CommandContext, type StopSignal } from '../../context'
import { knownVisitors, visitorsText } from '../../known-visitors'
import type { Target } from '../../target'
import type { Prepared } from './prepared'
import { endingText } from './ending'
import type { DeliverOptions } from './options'
import { reportText } from './output'

/** A delivery that has ended. */
export interface Ended {
  summary: Summary
  signal: StopSignal | undefined
  prepared: Prepared
  target: Target
  options: DeliverOptions
  requests: number
}

/** Writes the results: to standard output, or for a dry run, whose requests are there, to standard error. */
export async function writeReport<Settings>(ended: Ended, { terminal }: CommandContext<Settings>): Promise<void> {
  const { summary, prepared, target, options, requests, signal } = ended
  const output = options.dryRun ? terminal.stderr : terminal.stdout
  const [colours, width] = [coloursFor(output, terminal.env), widthOf(output)]
  const known = await target.emulator?.report()
  const rejected = prepared.kept?.rejected
  const rejectedFile = rejected?.hasEvents ? rejected.path : null
  if (options.json && !options.dryRun) {
    const kameleoon = options.emulator ? 'emulator' : prepared.credentials ? 'real' : 'embedded'
    output.write(`${JSON.stringify({ kameleoon, ...summary, requests, rejectedFile }, null, 2)}\n`)
  } else {
    const lost = known?.totals.discarded ?? 0
    const isDryRun = options.dryRun === true
    output.write(reportText({ summary, rejectedFile, lost, requests, isDryRun }, colours, width))
  }
  if (options.visitors && known && !options.json) {
    output.write(`\n${visitorsText(knownVisitors(known), colours, width)}\n`)
  }
  const checkpoint = prepared.kept?.resumption.file ?? null
  const ending = endingText({ summary, unit: prepared.events.unit, signal, checkpoint })
  if (ending) terminal.stderr.write(`${ending}\n`)
}
