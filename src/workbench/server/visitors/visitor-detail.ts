import type { VisitEvent, Visitor } from '../../../emulator'
import { linksIn } from '../../../segment-host'
import type { VisitorDetail } from '../../contract'
import { conversionsOverTime } from './conversions-over-time'
import { amountsOf } from './amounts'
import type { EventSources } from './event-sources'
import { audiencesIn, mapsOf } from './stored-maps'
import { storedChanges } from './stored-changes'
import { latestFirst, visitEntries } from './timeline'
import type { VisitorSource } from './visitor-list'
import type { EventLog } from '../event-log/event-log'

/** Event types that have a list of their own. */
const OWN_LISTS = ['CONVERSION', 'PAGE', 'CUSTOMDATA']

/** What is known about visitors. */
interface VisitorKnowledge {
  emulator: VisitorSource
  sources: EventSources
  log: Pick<EventLog, 'all'>
  /** The emulator's time in milliseconds. */
  now: number
}

/**
 * Everything the emulator knows about a visitor, the latest first; null when it knows nothing.
 * @param id the visitor code, or a Segment user id or anonymous id that is linked to it
 */
export function visitorDetail({ emulator, sources, log, now }: VisitorKnowledge, id: string): VisitorDetail | null {
  const stored = emulator.maps()
  const links = linksIn(stored)
  const visitorCode = emulator.visitor(id) ? id : (links.get(id) ?? id)
  const visitor = emulator.visitor(visitorCode)
  const linkedIds = [...links].filter(([, code]) => code === visitorCode).map(([linked]) => linked)
  const maps = mapsOf([visitorCode, ...linkedIds], stored, now)
  if (!visitor && maps.length === 0) return null
  const changes = storedChanges(log, Object.fromEntries(maps.map(({ key }) => [key, stored[key]])))
  return {
    visitorCode,
    ...(visitor ? fromVisits(visitor, sources) : NO_VISITS),
    timeline: latestFirst([...(visitor ? visitEntries(visitor, sources) : []), ...changes]),
    maps,
    audiences: audiencesIn(maps),
    links: linkedIds.map((linked) => ({ id: linked, visitorCode })),
    duplicatesDropped: duplicatesOf(visitor, emulator)
  }
}

type FromVisits = Pick<
  VisitorDetail,
  'amounts' | 'conversions' | 'pages' | 'customData' | 'otherEvents' | 'conversionsOverTime'
>

const NO_VISITS: FromVisits = {
  amounts: [],
  conversions: [],
  pages: [],
  customData: [],
  otherEvents: [],
  conversionsOverTime: []
}

function fromVisits(visitor: Visitor, sources: EventSources): FromVisits {
  return {
    amounts: amountsOf(visitor.events, sources),
    conversions: conversionsOf(visitor, sources).reverse(),
    pages: visitor.pages
      .map(({ href, title, at }) => ({ at: iso(at), url: href ?? '', title: title ?? null }))
      .reverse(),
    customData: customDataOf(visitor),
    otherEvents: visitor.events
      .filter(({ eventType }) => !OWN_LISTS.includes(eventType))
      .map(otherEvent)
      .reverse(),
    conversionsOverTime: conversionsOverTime(visitor.conversions.map(({ at }) => at))
  }
}

function conversionsOf({ conversions, events }: Visitor, sources: EventSources): VisitorDetail['conversions'] {
  // Only the events show whether an amount of 0 was sent. Both lists have the same order.
  const sent = events.filter(({ eventType }) => eventType === 'CONVERSION')
  return conversions.map(({ goalId, goalName, revenue, negative, metadata, at }, index) => ({
    at: iso(at),
    goalId,
    goalName: goalName || null,
    revenue: sent[index].revenue === undefined ? null : revenue,
    negative,
    currency: sources.currencyOf(sent[index].nonce),
    source: sources.sourceOf(sent[index].nonce),
    metadata
  }))
}

function customDataOf({ customData, events }: Visitor): VisitorDetail['customData'] {
  return Object.values(customData).map(({ index, name, valuesCountMap }) => {
    const last = events.filter((event) => event.eventType === 'CUSTOMDATA' && event.index === index).pop()
    return { index, name: name || null, values: Object.keys(valuesCountMap), at: iso(last?.at ?? 0) }
  })
}

function otherEvent(event: VisitEvent): VisitorDetail['otherEvents'][number] {
  const { eventType, at, nonce: _nonce, visitorCode: _code, ...fields } = event
  return { at: iso(at), eventType, fields }
}

function duplicatesOf(visitor: Visitor | undefined, { duplicates }: VisitorSource): number {
  if (!visitor) return 0
  const nonces = new Set(visitor.events.map(({ nonce }) => nonce))
  return duplicates.filter(({ nonce }) => nonces.has(nonce)).reduce((sum, { count }) => sum + count - 1, 0)
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
