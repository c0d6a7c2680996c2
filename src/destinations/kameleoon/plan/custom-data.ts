import { InvalidFieldError, rejectLoneSurrogate, wholeNumber } from '../invalid-field'
import { MAX_CUSTOM_DATA_LENGTH } from '../kameleoon-api/limits'
import type { Parameters } from '../kameleoon-api/wire'
import { kindOf } from '../values'
import type { PlannedEvent } from './plan'

/**
 * CUSTOMDATA events that set custom data on the visitor.
 * @param customData custom data index to value or values
 * @throws InvalidFieldError for an index that is not a whole number and for values that cannot be custom data
 */
export function customDataEvents(customData: Record<string, unknown> | undefined): PlannedEvent[] {
  return byIndex(customData, 'customData').map(([index, values]) => {
    const parameters: Parameters<'CUSTOMDATA'> = {
      index,
      valuesCountMap: Object.fromEntries(values.map((value) => [value, 1])),
      overwrite: true
    }
    return { kind: 'event', eventType: 'CUSTOMDATA', subject: JSON.stringify([index, values]), parameters }
  })
}

/** Custom data attached to a conversion: index to values. Undefined if there is none. */
export function conversionMetadata(
  metadata: Record<string, unknown> | undefined
): Record<string, string[]> | undefined {
  const entries = byIndex(metadata, 'conversionMetadata')
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function byIndex(values: Record<string, unknown> | undefined, field: string): Array<[number, string[]]> {
  if (values === undefined) return []
  return Object.entries(values)
    .map(([index, value]): [number, string[]] => [
      wholeNumber(index, `${field} index`),
      withinLength(customDataValues(value, `${field}.${index}`), `${field}.${index}`)
    ])
    .filter(([, list]) => list.length > 0)
}

/**
 * The values of one custom data as Kameleoon holds them: strings. Empty values are ignored.
 * @throws InvalidFieldError for anything but strings, numbers, booleans and lists of them
 */
function customDataValues(value: unknown, field: string): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value]
  return list
    .filter((item) => item !== undefined && item !== null && item !== '')
    .map((item) => customDataValue(item, field))
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

function withinLength(values: string[], field: string): string[] {
  const length = values.reduce((sum, value) => sum + value.length, 0)
  if (length > MAX_CUSTOM_DATA_LENGTH) {
    throw new InvalidFieldError(field, `has ${length} characters; Kameleoon takes ${MAX_CUSTOM_DATA_LENGTH} at most.`)
  }
  return values
}
