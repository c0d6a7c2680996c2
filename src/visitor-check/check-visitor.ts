import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { memberOf, messageOf, redacted, secretsOf } from '../segment-host'
import { clientFor } from './client'
import { compare, withoutAnswer, type CheckedEvent, type CheckState } from './compare'
import { readVisits, type Visit } from './read-visits'
import type { SentEvent } from './visit-event'

/** A value whose times are texts, such as `2026-03-01T10:00:00.000Z`. */
type Dated<Value, Times extends keyof Value> = Omit<Value, Times> & Record<Times, string | null>

export type ShownEvent = Dated<CheckedEvent, 'sentAt' | 'foundAt'>
export type ShownVisit = Dated<Omit<Visit, 'events'>, 'startedAt' | 'lastEventAt'> & {
  /** How many events Kameleoon shows for it. */
  events: number
}

/** What Kameleoon says about a visitor, beside what was sent for it. */
export interface VisitorCheck {
  visitorCode: string
  /** Why Kameleoon's answer cannot be used; null when it can. Then nothing is known about what it has. */
  problem: string | null
  /** The visits that Kameleoon shows, the latest first. Empty when it knows nothing about the visitor. */
  visits: ShownVisit[]
  /** Every event that was sent or found, the latest first. */
  events: ShownEvent[]
  /** How many of the events are in each state. */
  counts: Record<CheckState, number>
}

export interface CheckInput<Settings> {
  /** Connected to an emulator, or unchanged for Kameleoon itself. */
  definition: DestinationDefinition<Settings>
  /** Settings of the destination, as Segment keeps them. */
  settings: JSONObject
  visitorCode: string
  /** The visit events that were sent for this visitor; null when they are not known. */
  sent: readonly SentEvent[] | null
  /** The present time in milliseconds since 1970. */
  now: number
}

/** Asks Kameleoon what it has about a visitor, and compares that with what was sent. Never rejects. */
export async function checkVisitor<Settings>(input: CheckInput<Settings>): Promise<VisitorCheck> {
  const { definition, settings, visitorCode, sent, now } = input
  try {
    const visits = await readVisits(clientFor(definition, settings), visitorCode)
    return result(visitorCode, null, visits, compare(sent, visits, now))
  } catch (error) {
    const problem = String(redacted(problemOf(error), secretsOf(definition, settings)))
    return result(visitorCode, problem, [], withoutAnswer(sent ?? []))
  }
}

function result(visitorCode: string, problem: string | null, visits: Visit[], events: CheckedEvent[]): VisitorCheck {
  const counts = { kept: 0, 'not-found': 0, 'not-sent': 0, found: 0, 'not-known': 0 }
  for (const { state } of events) counts[state]++
  return { visitorCode, problem, visits: visits.map(shownVisit), events: events.map(shownEvent), counts }
}

function shownVisit({ isCurrent, startedAt, lastEventAt, events }: Visit): ShownVisit {
  return { isCurrent, startedAt: textOfTime(startedAt), lastEventAt: textOfTime(lastEventAt), events: events.length }
}

function shownEvent(event: CheckedEvent): ShownEvent {
  return { ...event, sentAt: textOfTime(event.sentAt), foundAt: textOfTime(event.foundAt) }
}

function textOfTime(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString()
}

function problemOf(error: unknown): string {
  const message = messageOf(error)
  if (memberOf(error, 'status') !== 403) return message
  return `${message.replace(/\.$/, '')}. Reading visits needs Feature Experimentation in the Kameleoon account.`
}
