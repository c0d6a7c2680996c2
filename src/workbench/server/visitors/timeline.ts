import type { VisitEvent, Visitor } from '../../../emulator'
import { isRecord, textOf } from '../../../segment-host'
import type { TimelineEntry } from '../../contract'
import { amountOf } from './amounts'
import type { EventSources } from './event-sources'

/** Fields that every visit event has, or that are shown otherwise. */
const NOT_SHOWN = ['eventType', 'nonce', 'visitorCode', 'mappingValue', 'at', 'givenTime', 'userAgent']

const KINDS: Partial<Record<string, TimelineEntry['kind']>> = {
  CONVERSION: 'conversion',
  PAGE: 'page',
  CUSTOMDATA: 'custom-data'
}

/** The visit events of a visitor as entries of its timeline. */
export function visitEntries(visitor: Visitor, sources: EventSources): TimelineEntry[] {
  const names = namesOf(visitor)
  return visitor.events.map((event) => {
    const { nonce, at, eventType } = event
    const isConversion = eventType === 'CONVERSION'
    return {
      at: new Date(at).toISOString(),
      kind: KINDS[eventType] ?? 'other',
      ...inWords(event, names),
      amount: isConversion ? amountOf(event) : null,
      currency: isConversion ? sources.currencyOf(nonce) : null,
      source: sources.sourceOf(nonce)
    }
  })
}

/** Latest first. Of equal times, what is later in the list counts as later. */
export function latestFirst(entries: TimelineEntry[]): TimelineEntry[] {
  return entries.reverse().sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
}

interface Names {
  /** By goal id. */
  goals: Map<number, string>
  /** Of custom data, by index. */
  customData: Map<number, string>
}

function namesOf({ conversions, customData }: Visitor): Names {
  return {
    goals: new Map(conversions.map(({ goalId, goalName }) => [goalId, goalName])),
    customData: new Map(Object.values(customData).map(({ index, name }) => [index, name]))
  }
}

function inWords(event: VisitEvent, { goals, customData }: Names): Pick<TimelineEntry, 'what' | 'detail'> {
  const { eventType, title, href, goalId, index, valuesCountMap, metadata } = event
  if (eventType === 'CONVERSION')
    return { what: goals.get(Number(goalId)) || `goal ${String(goalId)}`, detail: json(metadata) }
  if (eventType === 'PAGE') return { what: textOf(title) || textOf(href) || 'a page', detail: textOf(href) ?? null }
  if (eventType === 'CUSTOMDATA') {
    const values = isRecord(valuesCountMap) ? Object.keys(valuesCountMap).join(', ') : ''
    return {
      what: `${customData.get(Number(index)) || `Custom data ${String(index)}`}: ${values || 'cleared'}`,
      detail: null
    }
  }
  return {
    what: eventType,
    detail: json(Object.fromEntries(Object.entries(event).filter(([name]) => !NOT_SHOWN.includes(name))))
  }
}

function json(fields: unknown): string | null {
  return isRecord(fields) && Object.keys(fields).length > 0 ? JSON.stringify(fields) : null
}
