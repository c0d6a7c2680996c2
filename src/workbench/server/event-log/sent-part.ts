import { isRecord, memberOf, recordOf, textOf } from '../../../segment-host'

/** One part of what the destination reports as sent for an event, as short as the list of events shows it. */
export interface SentPart {
  /** Nonce of a visit event, or key of a map. */
  key: string
  /** The event type, or `map`. */
  what: string
  goalId: number | null
  goalName: string | null
  /** Of a conversion; negative when it takes an earlier one back. */
  amount: number | null
  text: string | null
}

const MOST_CHARACTERS = 100

/** Reads the `sent` part of the destination's outcome for one event: its visit events, then its maps. */
export function sentPartsInShort(sent: unknown, goalName: (goalId: number) => string | null): SentPart[] {
  const visitEvents = memberOf(sent, 'visitEvents')
  const events: unknown[] = Array.isArray(visitEvents) ? visitEvents : []
  const maps = Object.keys(recordOf(memberOf(sent, 'maps')))
  return [
    ...events.map((event) => visitEventInShort(recordOf(event), goalName)),
    ...maps.map((key): SentPart => ({ key, what: 'map', ...NO_CONVERSION, text: shortened(key) }))
  ]
}

const NO_CONVERSION = { goalId: null, goalName: null, amount: null }

function visitEventInShort(event: Record<string, unknown>, goalName: (goalId: number) => string | null): SentPart {
  const { nonce, eventType, goalId, title, href, index, valuesCountMap } = event
  const named = { key: String(nonce), what: String(eventType) }
  if (typeof goalId === 'number')
    return { ...named, goalId, goalName: goalName(goalId), amount: amountOf(event), text: null }
  if (typeof index === 'number') {
    const values = isRecord(valuesCountMap) ? Object.keys(valuesCountMap) : []
    return { ...named, ...NO_CONVERSION, text: shortened([index, values.join(', ')].join(': ')) }
  }
  return { ...named, ...NO_CONVERSION, text: shortened(textOf(title) || textOf(href) || '') || null }
}

function amountOf({ revenue, negative }: Record<string, unknown>): number | null {
  if (typeof revenue !== 'number') return null
  return negative === true ? -revenue : revenue
}

function shortened(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text
}
