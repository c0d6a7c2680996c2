import type { EventSummary } from '../../contract'

/** Only track, page, screen and group calls have a name of their own. */
export function titleOf({ type, name }: Pick<EventSummary, 'type' | 'name'>): string {
  return name || `${type} call`
}
