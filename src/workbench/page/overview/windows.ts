import type { OverviewWindow } from '../../contract'

/** The choices of time, as the page shows them. */
export const WINDOWS: { value: OverviewWindow; label: string; words: string }[] = [
  { value: '15m', label: '15 minutes', words: 'the last 15 minutes' },
  { value: '1h', label: '1 hour', words: 'the last hour' },
  { value: '24h', label: '24 hours', words: 'the last 24 hours' }
]

/** The choice that a part of the address names; anything unknown is the first one. */
export function windowOf(chosen: string | undefined): OverviewWindow {
  return WINDOWS.find(({ value }) => value === chosen)?.value ?? '15m'
}

export function windowInWords(window: OverviewWindow): string {
  return WINDOWS.find(({ value }) => value === window)?.words ?? ''
}
