import { isRecord, memberOf, recordOf } from '../../../segment-host'

/** An event as `GET /visit/visitor` returns it. */
export interface ReadEvent {
  data: Record<string, unknown>
  time: unknown
}

/** The list of each event type in an answer of `GET /visit/visitor`. */
const LISTS = {
  PAGE: 'pageEvents',
  CONVERSION: 'conversionEvents',
  CUSTOMDATA: 'customDataEvents',
  GEOLOCATION: 'geolocationEvents',
  STATICDATA: 'staticDataEvent'
} as const

export type ReadType = keyof typeof LISTS

/** What an answer of `GET /visit/visitor` says about one visitor. */
export class Visit {
  private readonly visits: unknown[]

  constructor(answer: unknown) {
    const { currentVisit, previousVisits } = recordOf(answer)
    this.visits = [currentVisit, ...(Array.isArray(previousVisits) ? (previousVisits as unknown[]) : [])]
  }

  /** The events of one type in all visits. */
  events(type: ReadType): ReadEvent[] {
    const found = this.visits.flatMap((visit) => memberOf(visit, LISTS[type]) ?? [])
    return found.filter(isRecord).map(({ data, time }) => ({ data: recordOf(data), time }))
  }

  /** The page views with this address. */
  pages(href: string): ReadEvent[] {
    return this.events('PAGE').filter(({ data }) => data.href === href)
  }

  conversions(goalId: number): ReadEvent[] {
    return this.events('CONVERSION').filter(({ data }) => data.goalId === goalId)
  }

  get isEmpty(): boolean {
    return Object.keys(LISTS).every((type) => this.events(type as ReadType).length === 0)
  }
}
