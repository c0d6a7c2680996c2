import type { EventFields, PartResult } from '../../contract'
import { isRecord } from '../parts/json'
import { money } from '../parts/words'

const STORED: { prefix: string; words: (id: string, value: Record<string, unknown>) => string }[] = [
  { prefix: 'IDENTIFY_', words: (id, value) => `Stored for ${id}: ${named(Object.keys(value))}` },
  { prefix: 'COHORTS_', words: (id, value) => `Audiences of ${id}: ${named(audiencesIn(value))}` },
  { prefix: 'LINK_', words: (id, value) => `Link from ${id} to visitor ${String(value.kameleoonVisitorCode)}` }
]

/** One part of a request in words, as Kameleoon's reports name it. `goalName` returns the name of a goal, if it is known. */
export function resultInWords(result: PartResult, goalName: (goalId: number) => string | undefined): string {
  const value = isRecord(result.value) ? result.value : {}
  switch (result.what) {
    case 'CONVERSION':
      return `Conversion${goalIn(value, goalName)}${revenueIn(value)}`
    case 'PAGE':
      return pageInWords(value)
    case 'CUSTOMDATA':
      return customDataInWords(value)
    case 'map':
      return storedInWords(result.key, value)
    default:
      return result.what
  }
}

function goalIn({ goalId }: EventFields<'CONVERSION'>, goalName: (goalId: number) => string | undefined): string {
  return typeof goalId === 'number' ? ` of ${goalName(goalId) ?? `goal ${goalId}`}` : ''
}

function revenueIn({ revenue, negative }: EventFields<'CONVERSION'>): string {
  if (typeof revenue !== 'number' || revenue === 0) return ''
  return negative === true ? `, ${money(revenue)} refunded` : `, revenue ${money(revenue)}`
}

function pageInWords({ title, href }: EventFields<'PAGE'>): string {
  const shown = [title, href].find((text): text is string => typeof text === 'string' && text !== '')
  return shown === undefined ? 'Page view' : `Page view: ${shown}`
}

function customDataInWords({ index, valuesCountMap }: EventFields<'CUSTOMDATA'>): string {
  const values = isRecord(valuesCountMap) ? `: ${named(Object.keys(valuesCountMap))}` : ''
  return typeof index === 'number' ? `Custom data ${index}${values}` : 'Custom data'
}

function storedInWords(key: string, value: Record<string, unknown>): string {
  const kind = STORED.find(({ prefix }) => key.startsWith(prefix))
  return kind ? kind.words(key.slice(kind.prefix.length), value) : `Stored under ${key}`
}

function audiencesIn(value: Record<string, unknown>): string[] {
  return Object.keys(value).filter((audience) => value[audience] === true)
}

function named(names: string[]): string {
  return names.length === 0 ? 'none' : names.join(', ')
}
