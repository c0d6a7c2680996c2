import { isShown, MOST_PREVIOUS_VISITS, type Visit } from './read-visits'
import { differingFields, isSameEvent } from './same-event'
import { inWords, type Fields, type FoundEvent, type SentEvent } from './visit-event'

/**
 * `kept`: sent and found. `not-found`: sent, and Kameleoon does not show it. `not-sent`: found, and not sent by us.
 * `found`: found, and there is nothing to compare with. `not-known`: sent, and Kameleoon would not show it in any case.
 */
export type CheckState = 'kept' | 'not-found' | 'not-sent' | 'found' | 'not-known'

/** One visit event, as it was sent beside as it was found. */
export interface CheckedEvent {
  state: CheckState
  eventType: string
  /** In a few words. */
  what: string
  /** Times in milliseconds since 1970. */
  sentAt: number | null
  foundAt: number | null
  sent: Fields | null
  found: Fields | null
  /** Fields that were kept with another value, or not at all. */
  differences: string[]
  /** Why it was not found, or why that is not known. */
  reason: string | null
  source: SentEvent['source']
}

/** A clock here and one at Kameleoon may differ by this much. */
const CLOCK_DIFFERENCE_MS = 5 * 60_000

/**
 * Compares what was sent with the visits that Kameleoon shows, the latest first. Each found event stands for one sent event.
 * @param sent null when it is not known
 * @param now in milliseconds since 1970
 */
export function compare(sent: readonly SentEvent[] | null, visits: readonly Visit[], now: number): CheckedEvent[] {
  const found = byTime(visits.flatMap(({ events }) => events))
  const taken = new Map<FoundEvent, SentEvent>()
  for (const event of byTime(sent ?? [])) {
    const match = found.find((one) => !taken.has(one) && canBe(event, one))
    if (match) taken.set(match, event)
  }
  const matched = new Set(taken.values())
  const rows = [
    ...found.map((one) => foundRow(one, taken.get(one), sent !== null)),
    ...(sent ?? []).filter((one) => !matched.has(one)).map((one) => missingRow(one, { visits, matched, now }))
  ]
  return rows.sort((one, other) => timeOf(other) - timeOf(one))
}

/** The rows for events that were sent, when Kameleoon's answer cannot be read. */
export function withoutAnswer(sent: readonly SentEvent[]): CheckedEvent[] {
  return byTime(sent)
    .reverse()
    .map((event) => ({ ...sentRow(event), state: 'not-known', reason: event.problem }))
}

/** An event cannot be found from before it was sent: then it is an equal one. */
function canBe(sent: SentEvent, found: FoundEvent): boolean {
  const isEarlier = sent.at !== null && found.at !== null && found.at < sent.at - CLOCK_DIFFERENCE_MS
  return !isEarlier && isSameEvent(sent, found)
}

function foundRow(
  { eventType, fields, at }: FoundEvent,
  sent: SentEvent | undefined,
  isCompared: boolean
): CheckedEvent {
  const row = { eventType, what: inWords(eventType, fields), found: fields, foundAt: at, reason: null }
  if (sent) return { ...sentRow(sent), ...row, state: 'kept', differences: differingFields(sent.fields, fields) }
  const state = isCompared ? 'not-sent' : 'found'
  return { ...row, state, sent: null, sentAt: null, differences: [], source: null }
}

function sentRow({ eventType, fields, at, source }: SentEvent): Omit<CheckedEvent, 'state' | 'reason'> {
  const what = inWords(eventType, fields)
  return { eventType, what, sentAt: at, foundAt: null, sent: fields, found: null, differences: [], source }
}

interface Compared {
  visits: readonly Visit[]
  /** The sent events that were found. */
  matched: ReadonlySet<SentEvent>
  now: number
}

function missingRow(event: SentEvent, { visits, matched, now }: Compared): CheckedEvent {
  const row = sentRow(event)
  if (event.problem !== null) return { ...row, state: 'not-found', reason: event.problem }
  const doubt = notShown(event, visits, matched)
  if (doubt !== null) return { ...row, state: 'not-known', reason: doubt }
  const isNew = event.at !== null && now - event.at < STORED_AFTER_MS
  return { ...row, state: 'not-found', reason: isNew ? JUST_SENT : null }
}

/** Kameleoon answers before it reads an event. How long it takes after that is not known. */
const STORED_AFTER_MS = 60_000
const JUST_SENT = 'It was sent less than a minute ago. Kameleoon answers before it stores: look again in a minute.'

/** Why Kameleoon would not show this event even if it has it; null when it would. */
function notShown(event: SentEvent, visits: readonly Visit[], matched: ReadonlySet<SentEvent>): string | null {
  if (!isShown(event.eventType)) return `Kameleoon does not show ${event.eventType} events.`
  const isReplaced = [...matched].some(({ eventType, at }) => eventType === event.eventType && isLater(at, event.at))
  if (event.eventType === 'STATICDATA' && isReplaced) return 'Kameleoon shows the last STATICDATA of a visit only.'
  const previous = visits.filter(({ isCurrent }) => !isCurrent)
  const start = Math.min(...visits.map(({ startedAt }) => startedAt ?? Infinity))
  if (previous.length < MOST_PREVIOUS_VISITS || !isLater(start, event.at)) return null
  return `Kameleoon shows ${MOST_PREVIOUS_VISITS} previous visits; this event is older.`
}

function isLater(one: number | null, other: number | null): boolean {
  return one !== null && other !== null && one > other
}

function byTime<Event extends { at: number | null }>(events: readonly Event[]): Event[] {
  return [...events].sort((one, other) => (one.at ?? 0) - (other.at ?? 0))
}

function timeOf({ foundAt, sentAt }: CheckedEvent): number {
  return foundAt ?? sentAt ?? 0
}
