import type { ShortResult } from '../../contract'
import { money } from '../parts/words'

const STORED: { prefix: string; words: (id: string) => string }[] = [
  { prefix: 'IDENTIFY_', words: (id) => `Stored data of ${id}` },
  { prefix: 'COHORTS_', words: (id) => `Audiences of ${id}` },
  { prefix: 'LINK_', words: (id) => `Link from ${id} to its visitor` }
]

/** What Kameleoon kept needs no further word. */
const KINDS: Partial<Record<ShortResult['kind'], string>> = {
  duplicate: 'Duplicate, not counted again',
  discarded: 'Discarded',
  'not-taken': 'Not received',
  sent: 'Sent'
}

/** One result in words: "Conversion of Order Completed, 49.90 EUR" or "Discarded: Conversion of goal 4711". */
export function shortResultInWords(result: ShortResult): string {
  const kind = KINDS[result.kind]
  return kind === undefined ? partInWords(result) : `${kind}: ${partInWords(result)}`
}

function partInWords(result: ShortResult): string {
  const { what, text } = result
  switch (what) {
    case 'CONVERSION':
      return `Conversion of ${result.goalName ?? `goal ${result.goalId}`}${amountIn(result)}`
    case 'PAGE':
      return text === null ? 'Page view' : `Page view: ${text}`
    case 'CUSTOMDATA':
      return `Custom data ${text}`
    case 'map':
      return storedInWords(text ?? '')
    default:
      return `${what[0]}${what.slice(1).toLowerCase()}`
  }
}

function amountIn({ amount, currency }: ShortResult): string {
  if (amount === null || amount === 0) return ''
  return amount < 0 ? `, ${money(-amount, currency)} refunded` : `, ${money(amount, currency)}`
}

function storedInWords(key: string): string {
  const known = STORED.find(({ prefix }) => key.startsWith(prefix))
  return known ? known.words(key.slice(known.prefix.length)) : `Stored under ${key}`
}
