// Types only: the page uses this file, and must not load the library of the schemas for it.
import type { EventStatus } from './events'
import { tokensIn, type Token } from './event-query-text'

/** A text search is bounded, so that no search keeps the workbench busy for long. */
export const MOST_QUERY_CHARACTERS = 2_000
export const MOST_QUERY_TERMS = 30

/** One condition of a search; `source` is the text it was read from. */
export type EventTerm =
  | { kind: 'status'; value: StatusWord; source: string }
  /** `value` as it is written; `goal` is an id or a name, `mapping` is an id. */
  | { kind: 'type' | 'visitor' | 'goal' | 'mapping'; value: string; source: string }
  /** Milliseconds since 1970. */
  | { kind: 'after' | 'before'; value: number; source: string }
  /** In lower case. */
  | { kind: 'text'; value: string; source: string }

/**
 * Which events a list shows. Of several conditions of the same kind one must hold, of different kinds all, and every text must
 * be found. No condition means all events.
 */
export interface EventQuery {
  terms: EventTerm[]
}

export type ReadEventQuery = { kind: 'query'; query: EventQuery } | { kind: 'problem'; message: string }

/** The query without any condition. */
export const EVERY_EVENT: EventQuery = { terms: [] }

/** What `status:` may ask for: the status of an event, or what Kameleoon did with it. */
export type StatusWord = EventStatus | 'kept' | 'duplicate' | 'discarded'

/** The values of `status:`, as the page names them, and what they mean. */
export const STATUS_WORDS: Record<string, StatusWord> = {
  waiting: 'waiting',
  retrying: 'retrying',
  delivered: 'delivered',
  filtered: 'filtered',
  failed: 'rejected',
  kept: 'kept',
  duplicate: 'duplicate',
  discarded: 'discarded'
}

/**
 * Reads a search such as `status:failed type:track goal:"Newsletter signup" some words`.
 *
 * Known are `status:`, `type:`, `visitor:`, `goal:`, `mapping:`, `after:` and `before:`; everything else is text. A value with
 * spaces is in double quotes. A condition without a value is ignored, because it is still being written.
 */
export function readEventQuery(text: string): ReadEventQuery {
  if (text.length > MOST_QUERY_CHARACTERS) return problem(tooMuch('characters', text.length, MOST_QUERY_CHARACTERS))
  const tokens = unique(tokensIn(text))
  if (tokens.length > MOST_QUERY_TERMS) return problem(tooMuch('words', tokens.length, MOST_QUERY_TERMS))
  const terms: EventTerm[] = []
  for (const token of tokens) {
    const term = termOf(token)
    if (typeof term === 'string') return problem(term)
    terms.push(term)
  }
  return { kind: 'query', query: { terms } }
}

function problem(message: string): ReadEventQuery {
  return { kind: 'problem', message }
}

function tooMuch(what: string, count: number, most: number): string {
  const shown = (number: number): string => number.toLocaleString('en')
  return `The search has ${shown(count)} ${what}, and at most ${shown(most)} are possible.`
}

function unique(tokens: Token[]): Token[] {
  const sources = tokens.map(({ source }) => source)
  return tokens.filter(({ value, source }, index) => value !== '' && sources.indexOf(source) === index)
}

/** The condition of a token, or a text that says what is wrong with it. */
function termOf({ key, value, source }: Token): EventTerm | string {
  switch (key) {
    case 'status':
      return statusTerm(value, source)
    case 'after':
    case 'before':
      return timeTerm(key, value, source)
    case 'text':
      return { kind: key, value: value.toLowerCase(), source }
    case 'type':
      return { kind: key, value: value.toLowerCase(), source }
    case 'visitor':
    case 'goal':
    case 'mapping':
      return { kind: key, value, source }
  }
}

function statusTerm(value: string, source: string): EventTerm | string {
  const word = value.toLowerCase()
  // `rejected` is the name in the API.
  const found = Object.entries({ ...STATUS_WORDS, rejected: 'rejected' as const }).find(([known]) => known === word)
  if (found) return { kind: 'status', value: found[1], source }
  return `There is no status "${value}". Possible are ${Object.keys(STATUS_WORDS).join(', ')}.`
}

const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/i

function timeTerm(kind: 'after' | 'before', written: string, source: string): EventTerm | string {
  const value = TIME.test(written) ? Date.parse(written) : NaN
  if (!Number.isNaN(value)) return { kind, value, source }
  return `"${written}" is not a time. Write ${kind}:2026-01-31 or ${kind}:2026-01-31T09:30:00Z.`
}

/** What the list shows of every event, and what a query may ask about it without reading the event itself. */
export interface ListedFacts {
  status: EventStatus
  /** How many parts Kameleoon discarded. */
  discarded: number
  type: string
  visitorCode: string | null
  /** In milliseconds since 1970. */
  receivedAt: number
}

/** Whether the facts agree with one condition; null where the condition is about something else. */
export function factMatches(term: EventTerm, facts: ListedFacts): boolean | null {
  switch (term.kind) {
    case 'status':
      return statusMatches(term.value, facts)
    case 'type':
      return facts.type.toLowerCase() === term.value
    case 'visitor':
      return facts.visitorCode === term.value
    case 'after':
      return facts.receivedAt >= term.value
    case 'before':
      return facts.receivedAt < term.value
    case 'goal':
    case 'mapping':
    case 'text':
      return null
  }
}

/** Whether an event was kept follows from all its parts, which are no facts of the list. */
function statusMatches(value: StatusWord, { status, discarded }: ListedFacts): boolean | null {
  if (value === 'kept' || value === 'duplicate') return null
  return value === 'discarded' ? discarded > 0 : status === value
}

/**
 * Whether a query holds, by the answers to its conditions. `holds` tells of one condition whether it holds.
 */
export function queryHolds({ terms }: EventQuery, holds: (term: EventTerm) => boolean): boolean {
  return terms.every((term) =>
    isAlternative(term) ? terms.some((one) => one.kind === term.kind && holds(one)) : holds(term)
  )
}

/** Of these kinds an event has one value each, so several conditions can only be meant as a choice. */
function isAlternative({ kind }: EventTerm): boolean {
  return kind === 'status' || kind === 'type' || kind === 'visitor' || kind === 'goal' || kind === 'mapping'
}
