import type { EventStatus, EventSummary } from '../../contract'

/** Only track, page, screen and group calls have a name of their own. */
export function titleOf({ type, name }: Pick<EventSummary, 'type' | 'name'>): string {
  return name || `${type} call`
}

/** What a badge's colour means; each colour comes with a word, never alone. */
export type Tone = 'good' | 'wait' | 'again' | 'quiet' | 'bad'

export const STATUS: Record<EventStatus, { label: string; tone: Tone; meaning: string }> = {
  waiting: { label: 'Waiting', tone: 'wait', meaning: 'not settled yet' },
  retrying: { label: 'Retrying', tone: 'again', meaning: 'an attempt failed and another follows' },
  delivered: { label: 'Delivered', tone: 'good', meaning: 'Kameleoon accepted it' },
  filtered: { label: 'Filtered', tone: 'quiet', meaning: 'no mapping took it, or it was filtered on purpose' },
  rejected: { label: 'Rejected', tone: 'bad', meaning: 'rejected for good, not sent again' }
}

/** The kinds of call that Segment has. */
export const CALL_TYPES = ['track', 'page', 'screen', 'identify', 'group', 'alias']

const format = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 0, maximumFractionDigits: 2 })

/** An amount without a currency: Kameleoon is not told one. */
export function money(amount: number): string {
  return format.format(amount)
}

/** Seconds in the two largest units that say something: 92 d 1 h, 4 min 5 s. */
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
