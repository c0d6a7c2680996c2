import type { ReasonedCount, SubscriptionSummary, Summary } from '../segment-host'
import { plainText, wrapped, tableText } from './text'
import type { Colours } from './context'

/** Reasons shown for one subscription; the file of rejected events has them all. */
const MOST_REASONS = 8
/** Columns of the table with all of its own. */
const FULL_WIDTH = 80
const NO_SUBSCRIPTION = '(none)'
const NO_EVENT = '(no event)'

/**
 * How many events were received, filtered, delivered, rejected, and if there are any, undelivered, by subscription.
 * @param width columns that it should fit; below 80 actions are left out
 * @param delivered head of the column of delivered events
 */
export function countsText(summary: Summary, colours: Colours, width: number, delivered = 'Delivered'): string {
  const { unmatched, unreadable } = summary
  const rows = summary.subscriptions.map((one) => countsRow(one, colours))
  const none = { filtered: 0, delivered: 0, rejected: 0, undelivered: 0 }
  const add = (name: string, counts: ShownCounts): void => void rows.push(row([name, ''], counts, colours))
  if (unmatched.count > 0) add(NO_SUBSCRIPTION, { ...none, received: unmatched.count, filtered: unmatched.count })
  if (unreadable.count > 0) add(NO_EVENT, { ...none, received: unreadable.count, rejected: unreadable.count })
  add(colours.bold('Total'), summary)
  const head = ['Subscription', 'Action', 'Received', 'Filtered', delivered, 'Rejected', 'Undelivered']
  const columns = summary.undelivered > 0 ? head.length : head.length - 1
  const isNarrow = width < FULL_WIDTH
  const shown = (cells: string[]): string[] => cells.slice(0, columns).filter((_, column) => !isNarrow || column !== 1)
  const numbers = shown(head).flatMap((name, column) => (name === 'Subscription' || name === 'Action' ? [] : [column]))
  const table = tableText(shown(head).map(colours.bold), rows.map(shown), numbers, isNarrow)
  return table + severalOutcomesText(summary)
}

function severalOutcomesText({ received, filtered, delivered, rejected, undelivered }: Summary): string {
  const outcomes = filtered + delivered + rejected + undelivered
  return outcomes > received
    ? `\nSome events match several subscriptions: ${received} events have ${outcomes} outcomes.`
    : ''
}

type ReasonKind = 'filtered' | 'rejected' | 'undelivered' | 'notes'

/** Why events were filtered, rejected or not delivered, or what is to know of delivered ones; empty when there is nothing. */
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
  if (kind === 'rejected') return colours.red('Rejected, and why')
  return kind === 'undelivered' ? colours.red('Undelivered, and why') : colours.yellow('Delivered, but note')
}

/** What it means that events happened more than a day ago; empty when none did. */
export function oldEventsText({ old }: Summary, colours: Colours, width: number): string {
  if (old === 0) return ''
  const events = old === 1 ? '1 event is' : `${number(old)} events are`
  const meaning =
    'Kameleoon counts an event when it arrives, so they count today and distort experiments that run now. "Maximum Event Age" (maxEventAgeHours) in a mapping filters them.'
  return wrapped('', `${colours.yellow(`${events} older than a day.`)} ${meaning}`, width)
}

type ShownCounts = Record<'received' | 'filtered' | 'delivered' | 'rejected' | 'undelivered', number>

function countsRow(one: SubscriptionSummary, colours: Colours): string[] {
  const { subscription, action, filtered, rejected, undelivered } = one
  const counts = { ...one, filtered: filtered.count, rejected: rejected.count, undelivered: undelivered.count }
  return row([plainText(subscription), action], counts, colours)
}

function row(names: string[], counts: ShownCounts, colours: Colours): string[] {
  const { received, filtered, delivered, rejected, undelivered } = counts
  const shown = (count: number, colour: (text: string) => string): string =>
    count === 0 ? colours.dim('0') : colour(number(count))
  return [
    ...names,
    shown(received, String),
    shown(filtered, colours.yellow),
    shown(delivered, colours.green),
    shown(rejected, colours.red),
    shown(undelivered, colours.red)
  ]
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
