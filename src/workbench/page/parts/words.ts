import type { EventStatus, EventSummary } from '../../contract'

/** The name of an event. Identify and alias calls have none, so their type is shown. */
export function titleOf({ type, name }: Pick<EventSummary, 'type' | 'name'>): string {
  return name || `${type} call`
}

/** What a badge's colour means; each colour comes with a word, never alone. */
export type Tone = 'good' | 'wait' | 'again' | 'quiet' | 'bad'

/** Labels of the outcomes as Segment shows them: the API value `rejected` is "Failed". */
export const STATUS: Record<EventStatus, { label: string; tone: Tone; meaning: string }> = {
  waiting: { label: 'Waiting', tone: 'wait', meaning: 'not sent yet' },
  retrying: { label: 'Retrying', tone: 'again', meaning: 'the last attempt failed and it will be sent again' },
  delivered: { label: 'Delivered', tone: 'good', meaning: 'Kameleoon accepted it' },
  filtered: { label: 'Filtered', tone: 'quiet', meaning: 'no mapping matched it, or it has nothing to send' },
  rejected: { label: 'Failed', tone: 'bad', meaning: 'rejected, and not sent again' }
}

/** The call types of Segment. */
export const CALL_TYPES = ['track', 'page', 'screen', 'identify', 'group', 'alias']

const format = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** An amount, such as "49.90 EUR". Kameleoon receives no currency, so it is that of the event, where it names one. */
export function money(amount: number, currency?: string | null): string {
  const text = format.format(amount).replace(/\.00$/, '').replace('-', '−')
  return currency ? `${text} ${currency}` : text
}

/** A whole number with separators for thousands. */
export function counted(count: number): string {
  return count.toLocaleString('en')
}

/** Seconds as a text of at most two units: "92 d 1 h", "4 min 5 s". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const units: [number, string][] = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3_600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's']
  ]
  const first = units.findIndex(([count]) => count > 0)
  if (first < 0) return '0 s'
  return units
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/** A time as clock time; with the date unless it is today. Text that is no time is returned unchanged. */
export function shortTime(at: string): string {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return at
  const isToday = date.toDateString() === new Date().toDateString()
  return isToday ? clock.format(date) : `${day.format(date)} ${clock.format(date)}`
}

const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' })

/** A time with its date and time zone. Text that is no time is returned unchanged. */
export function fullTime(at: string): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? at : full.format(date)
}
