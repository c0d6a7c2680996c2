import { InvalidFieldError, rejectLoneSurrogate, wholeNumber } from '../invalid-field'
import { MAX_CUSTOM_DATA_LENGTH } from '../kameleoon-api/limits'
import { kindOf } from '../values'
import { isCrossDevice } from '../visitor'
import type { Visitor } from '../visitor'
import { NOTHING } from './plan'
import type { PlannedCrossDeviceId, PlannedCustomData } from './plan'

/** What happens to custom data of a list type. The first is the default. */
export const CUSTOM_DATA_LISTS = ['add', 'replace'] as const

/** The values that a mapping has for one custom data. */
interface Values {
  index: number
  values: string[]
  /** Whether the mapping has an empty value, and no other. Null and missing values do not count. */
  isEmpty: boolean
  notes: readonly string[]
}

/**
 * Custom data to set on the visitor. An empty value clears it.
 * @param customData custom data index to value or values
 * @param lists one of `CUSTOM_DATA_LISTS`; default: add
 * @throws InvalidFieldError for an index that is not a whole number and for values that cannot be custom data
 */
export function customDataEvents(
  customData: Record<string, unknown> | undefined,
  lists: string | undefined
): PlannedCustomData[] {
  if (customData === undefined) return []
  return byIndex(customData, 'customData').map(({ index, values, isEmpty, notes }) => {
    const isReplaced = lists?.trim().toLowerCase() === 'replace'
    const change = isEmpty ? 'clear' : isReplaced ? 'replace' : 'add'
    const subject = JSON.stringify(isReplaced ? [index, values, 'replace'] : [index, values])
    return { kind: 'custom data', eventType: 'CUSTOMDATA', subject, index, values, change, notes }
  })
}

/** Ties a visitor code to the user id, which is Kameleoon's cross-device id where the mapping says so. */
export function crossDeviceEvents(
  { visitorFallback }: { visitorFallback?: string },
  { identifiedBy, ids: { userId } }: Visitor
): PlannedCrossDeviceId[] {
  if (userId === undefined || identifiedBy !== 'visitor code' || !isCrossDevice(visitorFallback)) return []
  const subject = JSON.stringify(['cross-device id', userId])
  return [{ kind: 'cross-device id', eventType: 'CUSTOMDATA', subject, userId }]
}

/** Custom data attached to a conversion: index to values. Undefined if there is none. */
export function conversionMetadata(metadata: Record<string, unknown> | undefined): {
  attached?: Record<string, string[]>
  notes: readonly string[]
} {
  if (metadata === undefined) return { notes: NOTHING }
  const all = byIndex(metadata, 'conversionMetadata')
  const notes = all.flatMap((one) => one.notes)
  const entries = all.filter(({ values }) => values.length > 0).map(({ index, values }) => [index, values] as const)
  return entries.length === 0 ? { notes } : { attached: Object.fromEntries(entries), notes }
}

function byIndex(mapped: Record<string, unknown>, field: string): Values[] {
  return Object.entries(mapped)
    .map(([key, value]) => valuesAt(wholeNumber(key, `${field} index`), value, `${field}.${key}`))
    .filter(({ values, isEmpty, notes }) => values.length > 0 || isEmpty || notes.length > 0)
}

/**
 * The values of one custom data as Kameleoon holds them: strings. Values that are too long are left out.
 * @throws InvalidFieldError for anything but strings, numbers, booleans and lists of them
 */
function valuesAt(index: number, value: unknown, field: string): Values {
  const list: unknown[] = Array.isArray(value) ? value : [value]
  const present = list.filter((item) => item !== undefined && item !== null)
  const texts = present.map((item) => customDataValue(item, field)).filter((text) => text.trim() !== '')
  const isEmpty = texts.length === 0 && (present.length > 0 || (Array.isArray(value) && value.length === 0))
  const values = texts.filter((text) => text.length <= MAX_CUSTOM_DATA_LENGTH)
  if (values.length === texts.length) return { index, values, isEmpty, notes: NOTHING }
  const notes = texts
    .filter((text) => text.length > MAX_CUSTOM_DATA_LENGTH)
    .map(
      ({ length }) =>
        `${field} has a value of ${length} characters, which was left out; Kameleoon takes ${MAX_CUSTOM_DATA_LENGTH} at most.`
    )
  return { index, values, isEmpty, notes }
}

function customDataValue(value: unknown, field: string): string {
  const isNumber = typeof value === 'number' && Number.isFinite(value)
  if (typeof value !== 'string' && typeof value !== 'boolean' && !isNumber) {
    throw new InvalidFieldError(
      field,
      `must be a string, a number, a boolean or a list of them, but it is ${kindOf(value)}.`
    )
  }
  const text = String(value)
  rejectLoneSurrogate(text, field)
  return text
}
