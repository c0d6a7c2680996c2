import type { EventFields, PartResult, Planned } from '../../contract'
import { isRecord } from './json'
import { money } from './words'

const STORED: { prefix: string; words: (id: string, value: Record<string, unknown>) => string }[] = [
  { prefix: 'IDENTIFY_', words: (id, value) => `Stored for ${id}: ${named(Object.keys(value))}` },
  { prefix: 'COHORTS_', words: (id, value) => `Audiences of ${id}: ${named(audiencesIn(value))}` },
  { prefix: 'LINK_', words: (id, value) => `Link from ${id} to visitor ${String(value.kameleoonVisitorCode)}` }
]

/** A part of what Kameleoon received or would receive, and what is known of it. */
export interface WordedPart extends Pick<PartResult, 'what' | 'key' | 'value'> {
  /** Name of the goal or of the custom data, if it is known. */
  name?: string | null
  goal?: Planned['goal']
  /** The currency that the event names. */
  currency?: string | null
}

/** One part in words, as Kameleoon's reports name it: "Conversion of Order Completed, 49.90 EUR". */
export function resultInWords({ what, key, value: given, ...known }: WordedPart): string {
  const value = isRecord(given) ? given : {}
  switch (what) {
    case 'CONVERSION':
      return `Conversion${goalIn(value, known)}${revenueIn(value, known.currency)}`
    case 'PAGE':
      return pageInWords(value)
    case 'CUSTOMDATA':
      return customDataInWords(value, known.name)
    case 'map':
      return storedInWords(key, value)
    default:
      return what
  }
}

const GOALS: Partial<Record<NonNullable<Planned['goal']>, string>> = {
  new: ' (a new goal, which is created)',
  assumed: ' (the goal of this name, or a new one)',
  missing: ' (there is no such goal)'
}

function goalIn({ goalId }: EventFields<'CONVERSION'>, { name, goal }: Pick<WordedPart, 'name' | 'goal'>): string {
  const shown = name ?? (typeof goalId === 'number' ? `goal ${goalId}` : null)
  return shown === null ? '' : ` of ${shown}${(goal && GOALS[goal]) ?? ''}`
}

function revenueIn({ revenue, negative }: EventFields<'CONVERSION'>, currency: string | null | undefined): string {
  if (typeof revenue !== 'number' || revenue === 0) return ''
  return `, ${money(revenue, currency)}${negative === true ? ' refunded' : ''}`
}

function pageInWords({ title, href }: EventFields<'PAGE'>): string {
  const shown = [title, href].find((text): text is string => typeof text === 'string' && text !== '')
  return shown === undefined ? 'Page view' : `Page view: ${shown}`
}

function customDataInWords(
  { index, valuesCountMap }: EventFields<'CUSTOMDATA'>,
  name: string | null | undefined
): string {
  const values = isRecord(valuesCountMap) ? `: ${named(Object.keys(valuesCountMap))}` : ''
  const shown = name ?? (typeof index === 'number' ? String(index) : null)
  return shown === null ? 'Custom data' : `Custom data ${shown}${values}`
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
