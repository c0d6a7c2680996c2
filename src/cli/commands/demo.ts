import type { Command } from 'commander'
import { HELP } from './help-texts'
import { openEvents } from '../../event-files/open-events'
import { EXAMPLES_PATH } from '../package-files'
import { knownVisitors, type KnownVisitor, visitorsText } from '../known-visitors'
import { coloursFor, widthOf, type CommandContext, type Colours } from '../context'
import { presetSubscriptions, runDelivery, type Settled, type Summary } from '../../segment-host'
import { embeddedTarget } from '../target'
import type { Discarded, Totals } from '../../emulator'
import { counted, plainText, wrapped } from '../text'
import { countsText, reasonsText } from '../summary-text'

/**
 * Delivers the bundled examples to an embedded Kameleoon and shows what it now knows about each visitor. Resolves to 0,
 * or to 1 when there was an unexpected problem.
 */
export async function demo<Settings>(context: CommandContext<Settings>): Promise<number> {
  const { definition, retry } = context
  const { stdout, env } = context.terminal
  const { send, emulator, close } = await embeddedTarget(context)
  try {
    const events = await openEvents([EXAMPLES_PATH])
    const rejected: Settled[] = []
    const onSettled = (settled: Settled): void => void (settled.outcome.kind === 'rejected' && rejected.push(settled))
    const subscriptions = presetSubscriptions(definition)
    const run = { destination: definition, subscriptions, send, retry, onSettled }
    const summary = await runDelivery(events.portions(), run)
    const report = await emulator.report()
    const { discarded, totals } = report
    const unexpected = unexpectedProblems(summary, rejected, discarded)
    const shown = { summary, rejected, discarded, totals, visitors: knownVisitors(report), unexpected }
    stdout.write(demoText(shown, coloursFor(stdout, env), widthOf(stdout)))
    return unexpected.length === 0 ? 0 : 1
  } finally {
    await close()
  }
}

/** Adds the command `demo` with its options. `onExitCode` receives its exit code. */
export function addDemo<Settings>(
  program: Command,
  context: CommandContext<Settings>,
  onExitCode: (code: number) => void
): void {
  program
    .command('demo')
    .description('Deliver the bundled examples to an embedded Kameleoon and show what it then knows.')
    .addHelpText('after', HELP.demo)
    .action(async () => onExitCode(await demo(context)))
}

/** The status of an event that cannot be delivered because of its content. The examples contain such events on purpose. */
const REJECTED_FOR_ITS_CONTENT = 400

/** Problems that the examples should not have, one sentence each. Empty when the demonstration went as intended. */
export function unexpectedProblems(summary: Summary, rejected: Settled[], discarded: Discarded[]): string[] {
  const unexpected: string[] = []
  if (summary.stopped) unexpected.push(`The examples could not be read to their end: ${summary.stopped.reason}`)
  if (summary.unreadable.count > 0) unexpected.push('The examples have lines that are no events.')
  if (summary.delivered === 0) unexpected.push('Nothing was delivered.')
  for (const { line, outcome } of rejected) {
    if (outcome.kind !== 'rejected' || outcome.status === REJECTED_FOR_ITS_CONTENT) continue
    unexpected.push(`Line ${line} was rejected with status ${outcome.status}: ${outcome.reason}`)
  }
  if (discarded.length > 0) unexpected.push('Kameleoon discarded something it had accepted.')
  return unexpected
}

export interface Demonstration {
  summary: Summary
  rejected: Settled[]
  discarded: Discarded[]
  totals: Totals
  visitors: KnownVisitor[]
  unexpected: string[]
}

/** The text of the demonstration: the outcomes, the requests, and what Kameleoon now knows about each visitor. */
export function demoText(shown: Demonstration, colours: Colours, width: number): string {
  const { summary, totals, visitors, unexpected } = shown
  const parts = [
    `${counted(summary.received, 'Segment event')}, captured from @segment/analytics-node, delivered to an emulator of Kameleoon inside this process.\nNothing leaves this machine.`,
    countsText(summary, colours, width),
    reasonsText(summary, 'filtered', colours, width),
    rejectedText(shown.rejected, colours, width),
    requestsText(totals, colours),
    discardedText(shown.discarded, colours),
    `${colours.bold('What Kameleoon now knows about each visitor')}\n\n${visitorsText(visitors, colours, width)}`,
    unexpected.length === 0 ? nextText(colours) : unexpectedText(unexpected, colours)
  ]
  return parts.filter((part) => part !== '').join('\n\n') + '\n'
}

function rejectedText(rejected: Settled[], colours: Colours, width: number): string {
  if (rejected.length === 0) return ''
  const lines = [...rejected]
    .sort((a, b) => a.line - b.line)
    .flatMap(({ line, subscription, outcome }) => {
      if (outcome.kind !== 'rejected') return []
      const action = (subscription?.partnerAction ?? '').padEnd(13)
      const start = `${`line ${line}`.padStart(9)}  ${action}  ${outcome.status}  `
      return [wrapped(start, plainText(outcome.reason), width)]
    })
  const title = colours.red('Rejected, each with its reason') + ' (the examples contain such events on purpose)'
  return [title, ...lines].join('\n')
}

function requestsText({ requests }: Totals, colours: Colours): string {
  const lines = Object.entries(requests).map(([request, count]) => `${String(count).padStart(9)}  ${request}`)
  return [colours.bold('Requests, with the status Kameleoon answered'), ...lines].join('\n')
}

function discardedText(discarded: Discarded[], colours: Colours): string {
  const title = colours.bold('Accepted by Kameleoon and then discarded: ')
  if (discarded.length === 0) return title + colours.green('nothing')
  const lines = discarded.map(({ reason, path, field }) => `  ${path}  ${field ?? ''}  ${plainText(reason)}`)
  return [title, ...lines].join('\n')
}

function unexpectedText(unexpected: string[], colours: Colours): string {
  return [colours.red('Unexpected problems'), ...unexpected.map((one) => `  ${plainText(one)}`)].join('\n')
}

function nextText(colours: Colours): string {
  return [
    colours.bold('Next'),
    '  npx kameleoon-destination deliver events.ndjson --dry-run    see the exact requests for events of your own',
    '  npx kameleoon-destination deliver --help                     deliver them to your Kameleoon project'
  ].join('\n')
}
