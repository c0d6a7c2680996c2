import type { Discarded, Totals } from '../../emulator'
import type { KnownVisitor } from '../known-visitors'
import type { Settled, Summary } from '../../segment-host'
import { counted, plainText, wrapped } from './plain-text'
import { countsText, reasonsText } from './summary-text'
import type { Colours } from './terminal'
import { visitorsText } from './visitors-text'

export interface Demonstration {
  summary: Summary
  rejected: Settled[]
  discarded: Discarded[]
  totals: Totals
  visitors: KnownVisitor[]
  surprises: string[]
}

/** Everything the demonstration shows, from the table of outcomes to what is known about each visitor. */
export function demoText(shown: Demonstration, colours: Colours, width: number): string {
  const { summary, totals, visitors, surprises } = shown
  const parts = [
    `${counted(summary.received, 'Segment event')}, captured from @segment/analytics-node, delivered to an emulator of Kameleoon inside this process.\nNothing leaves this machine.`,
    countsText(summary, colours),
    reasonsText(summary, 'filtered', colours, width),
    rejectedText(shown.rejected, colours, width),
    requestsText(totals, colours),
    discardedText(shown.discarded, colours),
    `${colours.bold('What Kameleoon now knows about each visitor')}\n\n${visitorsText(visitors, colours, width)}`,
    surprises.length === 0 ? nextText(colours) : surprisesText(surprises, colours)
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
  return [colours.bold('Requests it took, with the status Kameleoon answered'), ...lines].join('\n')
}

function discardedText(discarded: Discarded[], colours: Colours): string {
  const title = colours.bold('Accepted by Kameleoon and then discarded: ')
  if (discarded.length === 0) return title + colours.green('nothing')
  const lines = discarded.map(({ reason, path, field }) => `  ${path}  ${field ?? ''}  ${plainText(reason)}`)
  return [title, ...lines].join('\n')
}

function surprisesText(surprises: string[], colours: Colours): string {
  return [colours.red('This should not have happened'), ...surprises.map((one) => `  ${plainText(one)}`)].join('\n')
}

function nextText(colours: Colours): string {
  return [
    colours.bold('Next'),
    '  npx kameleoon-destination deliver events.ndjson --dry-run    see the exact requests for events of your own',
    '  npx kameleoon-destination deliver --help                     deliver them to your Kameleoon project'
  ].join('\n')
}
