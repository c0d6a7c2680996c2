import type { EventStatus, EventSummary } from '../../contract'

/** Which events the list shows; empty text means all. */
export interface EventFilter {
  search: string
  status: EventStatus | ''
  type: string
  visitor: string
}

export const everyEvent: EventFilter = { search: '', status: '', type: '', visitor: '' }

export function isFiltered(filter: EventFilter): boolean {
  return Object.values(filter).some((value) => value !== '')
}

/** Only the workbench knows where a search looks; all else can be told from a summary. */
export function isDecidedHere(filter: EventFilter): boolean {
  return filter.search === ''
}

export function passes(filter: EventFilter, event: EventSummary): boolean {
  return (
    (filter.status === '' || filter.status === event.status) &&
    (filter.type === '' || filter.type === event.type) &&
    (filter.visitor === '' || filter.visitor === event.visitorCode)
  )
}
