import type { Emulator, VisitEvent } from '../src/emulator'
import type { SourceEvent } from './events'
import { visitOf } from './events/source-event'

/** What Kameleoon knows in the end. */
export interface State {
  /** How often each visit event is there, by visitor, kind and content. */
  visits: Map<string, number>
  /** JSON of each stored value, by key and field. */
  fields: Map<string, string>
}

/** What Kameleoon must know when every valid event was stored exactly once. */
export function expectedState(events: readonly SourceEvent[]): State {
  const state: State = { visits: new Map(), fields: new Map() }
  for (const { expected } of events) {
    if (expected.kind !== 'delivered') continue
    expected.visits.forEach((visit) => increase(state.visits, visit))
    expected.stored.forEach(({ key, field, value }) => state.fields.set(`${key} ${field}`, JSON.stringify(value)))
  }
  return state
}

/** What the emulator knows. A stored field that is `null` counts as absent. */
export function knownState(emulator: Emulator): State {
  const state: State = { visits: new Map(), fields: new Map() }
  const goals = new Map(emulator.goals.map(({ id, name }) => [id, name]))
  for (const event of storedEvents(emulator)) increase(state.visits, nameOf(event, goals))
  for (const [key, { fields }] of Object.entries(emulator.maps())) {
    for (const [field, value] of Object.entries(fields)) {
      if (value !== null) state.fields.set(`${key} ${field}`, JSON.stringify(value))
    }
  }
  return state
}

/** The nonces of all visit events that are stored. */
export function storedNonces(emulator: Emulator): string[] {
  return storedEvents(emulator).map(({ nonce }) => nonce)
}

/** In words, what is missing, too much or different. */
export function differences(expected: State, known: State): string[] {
  return [...differencesOf(expected.visits, known.visits), ...differencesOf(expected.fields, known.fields)]
}

function differencesOf<Value>(expected: Map<string, Value>, known: Map<string, Value>): string[] {
  const names = new Set([...expected.keys(), ...known.keys()])
  return [...names]
    .filter((name) => expected.get(name) !== known.get(name))
    .map((name) => `${name}: expected ${String(expected.get(name))}, found ${String(known.get(name))}`)
}

function storedEvents(emulator: Emulator): VisitEvent[] {
  return emulator.visitors().flatMap((code) => emulator.visitor(code)?.events ?? [])
}

function nameOf(event: VisitEvent, goals: Map<number, string>): string {
  const { eventType, mappingValue } = event
  const visitorCode = mappingValue === undefined ? event.visitorCode : visitOf.user(mappingValue)
  if (eventType === 'PAGE') return visitOf.page(visitorCode, String(event.href))
  if (eventType === 'CUSTOMDATA') {
    return visitOf.customData(visitorCode, Number(event.index), Object.keys(event.valuesCountMap as object).join())
  }
  return visitOf.conversion(visitorCode, goals.get(Number(event.goalId)) ?? 'no goal', Number(event.revenue))
}

function increase(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
