import type { ReasonedCount, SubscriptionSummary, Summary } from '../segment-host'
import { plainText, wrapped, tableText } from './text'
import type { Colours } from './context'

/** Reasons shown for one subscription; the file of rejected events has them all. */
const MOST_REASONS = 8
const HEAD = ['Subscription', 'Action', 'Received', 'Filtered', 'Delivered', 'Rejected']
const NO_SUBSCRIPTION = '(none)'
const NO_EVENT = '(no event)'

/** How many events were received, filtered, delivered and rejected, by subscription. */
export function countsText(summary: Summary, colours: Colours): string {
  const { unmatched, unreadable } = summary
  const rows = summary.subscriptions.map((one) => countsRow(one, colours))
  if (unmatched.count > 0) rows.push(row([NO_SUBSCRIPTION, ''], [unmatched.count, unmatched.count, 0, 0], colours))
  if (unreadable.count > 0) rows.push(row([NO_EVENT, ''], [unreadable.count, 0, 0, unreadable.count], colours))
  const { received, filtered, delivered, rejected } = summary
  rows.push(row([colours.bold('Total'), ''], [received, filtered, delivered, rejected], colours))
  const outcomes = filtered + delivered + rejected
  const note = `\nSome events match several subscriptions: ${received} events have ${outcomes} outcomes.`
  return tableText(HEAD.map(colours.bold), rows, [2, 3, 4, 5]) + (outcomes > received ? note : '')
}

type ReasonKind = 'filtered' | 'rejected' | 'notes'

/** Why events were filtered or rejected, or what is to know of delivered ones; empty when there is nothing. */
export function reasonsText(summary: Summary, kind: ReasonKind, colours: Colours, width: number): string {
  const counts: [string, ReasonedCount][] = summary.subscriptions.map((one) => [one.subscription, one[kind]])
  if (kind === 'filtered') counts.push([NO_SUBSCRIPTION, summary.unmatched])
  if (kind === 'rejected') counts.push([NO_EVENT, summary.unreadable])
  const filled = counts.filter(([, { count }]) => count > 0)
  if (filled.length === 0) return ''
  const nameWidth = Math.max(...filled.map(([name]) => name.length))
  return [
    titleOf(kind, colours),
    ...filled.flatMap(([name, counted]) => reasonLines(name.padEnd(nameWidth), counted, kind, width))
  ].join('\n')
}

function titleOf(kind: ReasonKind, colours: Colours): string {
  if (kind === 'filtered') return colours.yellow('Filtered, and why')
  return kind === 'rejected' ? colours.red('Rejected, and why') : colours.yellow('Delivered, but note')
}

/** What it means that events happened more than a day ago; empty when none did. */
export function oldEventsText({ old }: Summary, colours: Colours, width: number): string {
  if (old === 0) return ''
  const events = old === 1 ? '1 event is' : `${number(old)} events are`
  const meaning =
    'Kameleoon counts an event when it arrives, so they count today and distort experiments that run now. "Maximum Event Age" (maxEventAgeHours) in a mapping filters them.'
  return wrapped('', `${colours.yellow(`${events} older than a day.`)} ${meaning}`, width)
}

function countsRow({ subscription, action, ...counts }: SubscriptionSummary, colours: Colours): string[] {
  const { received, filtered, delivered, rejected } = counts
  return row([plainText(subscription), action], [received, filtered.count, delivered, rejected.count], colours)
}

function row(names: string[], counts: number[], colours: Colours): string[] {
  const colourOf = [String, colours.yellow, colours.green, colours.red]
  const shown = counts.map((count, index) => (count === 0 ? colours.dim('0') : colourOf[index](number(count))))
  return [...names, ...shown]
}

function reasonLines(name: string, { reasons }: ReasonedCount, kind: string, width: number): string[] {
  const line = (count: number, reason: string): string => {
    const start = `${number(count).padStart(9)}  ${plainText(name)}  `
    return wrapped(start, plainText(reason), width)
  }
  const lines = reasons.slice(0, MOST_REASONS).map(({ count, reason }) => line(count, reason))
  const others = reasons.slice(MOST_REASONS).reduce((all, { count }) => all + count, 0)
  return others === 0
    ? lines
    : [
        ...lines,
        line(others, kind === 'rejected' ? 'other reasons, all in the file of rejected events' : 'other reasons')
      ]
}

function number(count: number): string {
  return count.toLocaleString('en')
}
