import { hasOwn, isRecord } from '../segment-host'

/** The fields of a visit event, by the names that Kameleoon has for them. */
export type Fields = Record<string, unknown>

/** A visit event that was sent to Kameleoon. */
export interface SentEvent {
  nonce: string
  /** In upper case, such as `CONVERSION`. */
  eventType: string
  fields: Fields
  /** When the request was sent, in milliseconds since 1970; null when that is not known. */
  at: number | null
  /** Why Kameleoon did not take it or did not keep it, as far as that is known; else null. */
  problem: string | null
  /** The Segment event that it was made of; null when that is not known. */
  source: { id: string; name: string } | null
}

/** A visit event as `GET /visit/visitor` shows it. */
export interface FoundEvent {
  eventType: string
  fields: Fields
  /** When Kameleoon received it, in milliseconds since 1970; null when it does not say. */
  at: number | null
}

/** The event in a few words, such as `goal 310001, revenue 49.9`. */
export function inWords(eventType: string, fields: Fields): string {
  return hasOwn(WORDS, eventType) ? WORDS[eventType](fields) : everyField(fields)
}

const WORDS: Record<string, (fields: Fields) => string> = {
  CONVERSION: ({ goalId, revenue, negative }) => {
    const amount = revenue ? `, revenue ${shown(revenue)}` : ''
    return `goal ${shown(goalId)}${amount}${negative === true ? ', taken back' : ''}`
  },
  CUSTOMDATA: ({ index, valuesCountMap }) => {
    const values = isRecord(valuesCountMap) ? Object.keys(valuesCountMap) : []
    return `custom data ${shown(index)}: ${values.join(', ') || 'no value'}`
  },
  PAGE: ({ title, href }) => [title, href].filter(Boolean).map(shown).join(', '),
  EXPERIMENT: ({ id, variationId }) => `experiment ${shown(id)}, variation ${shown(variationId)}`,
  PERSONALIZATION: ({ id, variationId }) => `personalization ${shown(id)}, variation ${shown(variationId)}`
}

function everyField(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name} ${shown(value)}`)
    .join(', ')
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'missing')
}
