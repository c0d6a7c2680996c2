import { LRUCache } from 'lru-cache'
import type { ProjectData } from './project'
import { isObject } from './values'
import type { VisitEvent } from './events/visit-event'
import { Recent, type Retention } from './bounded'

export interface Conversion {
  goalId: number
  goalName: string
  revenue: number
  negative: boolean
  metadata: Record<string, string[]>
  at: number
}

export interface Page {
  href?: string
  title?: string
  at: number
}

export interface CustomDataValues {
  index: number
  name: string
  /** How often each value was set, by value. */
  valuesCountMap: Record<string, number>
}

/** Everything stored about one visitor, the oldest first. Times are in milliseconds. */
export interface Visitor {
  visitorCode: string
  conversions: Conversion[]
  pages: Page[]
  /** By custom data index. */
  customData: Record<string, CustomDataValues>
  /** The fields of all STATICDATA events; later events override earlier ones. */
  staticData: Record<string, unknown>
  /** The fields of the last GEOLOCATION event. */
  geolocation: Record<string, unknown>
  /** Every stored visit event of any type. */
  events: VisitEvent[]
  userAgent?: string
}

/** The stored visit events of every visitor, and summaries of them. */
export class Visitors {
  private readonly stored: LRUCache<string, Recent<VisitEvent>>
  /** The visitor codes of each cross-device id. */
  private readonly devices: LRUCache<string, Set<string>>

  constructor(
    private readonly project: ProjectData,
    private readonly retention: Retention
  ) {
    this.stored = new LRUCache({ max: retention.visitors })
    this.devices = new LRUCache({ max: retention.visitors })
  }

  add(event: VisitEvent): void {
    const events = this.stored.get(event.visitorCode) ?? new Recent<VisitEvent>(this.retention.eventsPerVisitor)
    events.add(event)
    this.stored.set(event.visitorCode, events)
    if (event.mappingIdentifier === true) this.tie(event)
  }

  /** The visitor codes, the one with the oldest last event first. */
  codes(): string[] {
    return [...this.stored.keys()].reverse()
  }

  events(visitorCode: string): VisitEvent[] {
    return this.stored.peek(visitorCode)?.items ?? []
  }

  /** The events of a cross-device id: those that came by it, and those of all visitors that it was set on. */
  eventsOfUser(mappingValue: string): VisitEvent[] {
    const own = this.events(mappingValue).filter((event) => event.mappingValue === mappingValue)
    const tied = [...(this.devices.peek(mappingValue) ?? [])].flatMap((code) =>
      this.events(code).filter((event) => event.mappingValue === undefined)
    )
    return [...own, ...tied].sort((one, other) => one.at - other.at)
  }

  get(visitorCode: string): Visitor | undefined {
    return this.stored.has(visitorCode) ? this.summary(visitorCode) : undefined
  }

  forget(visitorCode: string): void {
    this.stored.delete(visitorCode)
    for (const codes of this.devices.values()) codes.delete(visitorCode)
  }

  get size(): number {
    return this.stored.size
  }

  reset(): void {
    this.stored.clear()
    this.devices.clear()
  }

  private tie({ visitorCode, valuesCountMap }: VisitEvent): void {
    for (const id of Object.keys(isObject(valuesCountMap) ? valuesCountMap : {})) {
      this.devices.set(id, (this.devices.get(id) ?? new Set()).add(visitorCode))
    }
  }

  private summary(visitorCode: string): Visitor {
    const events = [...this.events(visitorCode)]
    const ofType = (eventType: string) => events.filter((event) => event.eventType === eventType)
    const visitor: Visitor = {
      visitorCode,
      conversions: ofType('CONVERSION').map((event) => this.conversion(event)),
      pages: ofType('PAGE').map((event) => ({ ...fieldsOf(event), at: event.at })),
      customData: this.customData(ofType('CUSTOMDATA')),
      staticData: ofType('STATICDATA').reduce((all, event) => ({ ...all, ...fieldsOf(event) }), {}),
      geolocation: ofType('GEOLOCATION').reduce((_, event) => fieldsOf(event), {}),
      events
    }
    const userAgent = events.reduce<string | undefined>((last, event) => event.userAgent ?? last, undefined)
    return userAgent === undefined ? visitor : { ...visitor, userAgent }
  }

  private conversion({ goalId, revenue, negative, metadata, at }: VisitEvent): Conversion {
    return {
      goalId: Number(goalId),
      goalName: this.project.goal(goalId)?.name ?? '',
      revenue: Number(revenue ?? 0),
      negative: negative === true,
      // The check of CONVERSION events allows arrays of text only.
      metadata: (metadata ?? {}) as Record<string, string[]>,
      at
    }
  }

  private customData(events: VisitEvent[]): Record<string, CustomDataValues> {
    const all: Record<string, CustomDataValues> = {}
    for (const { index, overwrite, valuesCountMap } of events) {
      const before = overwrite === true ? {} : (all[String(index)]?.valuesCountMap ?? {})
      const name = this.project.customDataAt(index)?.name ?? ''
      all[String(index)] = { index: Number(index), name, valuesCountMap: added(before, valuesCountMap) }
    }
    return all
  }
}

/** An event's own fields, without the parameters that all events have. */
export function fieldsOf(event: VisitEvent): Record<string, unknown> {
  const {
    eventType: _type,
    nonce: _nonce,
    visitorCode: _code,
    mappingValue: _id,
    userAgent: _agent,
    at: _at,
    givenTime: _time,
    ...fields
  } = event
  return fields
}

function added(before: Record<string, number>, counts: unknown): Record<string, number> {
  const sum = { ...before }
  for (const [value, count] of Object.entries(isObject(counts) ? counts : {})) {
    sum[value] = (sum[value] ?? 0) + Number(count)
  }
  return sum
}
