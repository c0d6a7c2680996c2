import { MAX_CUSTOM_DATA_LENGTH } from '../kameleoon-api/limits'
import type { CustomData } from '../kameleoon-api/visit-events'
import { InvalidFieldError } from '../errors'
import { NOTHING } from './plan'
import type { PlannedEvent } from './plan'
import { valuesOf } from './values'
import { wholeNumber } from './whole-number'

/**
 * CUSTOMDATA events that set custom data on the visitor.
 * @param customData custom data index to value or values
 * @throws InvalidFieldError for an index that is not a whole number and for values that are no custom data
 */
export function customDataEvents(customData: Record<string, unknown> | undefined): readonly PlannedEvent[] {
  if (customData === undefined) return NOTHING
  return byIndex(customData, 'customData').map(([index, values]) => {
    const parameters: CustomData = {
      index,
      valuesCountMap: Object.fromEntries(values.map((value) => [value, 1])),
      overwrite: true
    }
    return { kind: 'event', eventType: 'CUSTOMDATA', subject: JSON.stringify([index, values]), parameters }
  })
}

/** Custom data attached to a conversion: index to values. */
export function conversionMetadata(
  metadata: Record<string, unknown> | undefined
): Record<string, string[]> | undefined {
  if (metadata === undefined) return undefined
  const entries = byIndex(metadata, 'conversionMetadata')
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function byIndex(values: Record<string, unknown>, field: string): Array<[number, string[]]> {
  return Object.entries(values)
    .map(([index, value]): [number, string[]] => [
      wholeNumber(index, `${field} index`),
      withinLength(valuesOf(value, `${field}.${index}`), `${field}.${index}`)
    ])
    .filter(([, list]) => list.length > 0)
}

function withinLength(values: string[], field: string): string[] {
  const length = values.reduce((sum, value) => sum + value.length, 0)
  if (length > MAX_CUSTOM_DATA_LENGTH) {
    throw new InvalidFieldError(field, `has ${length} characters; Kameleoon takes ${MAX_CUSTOM_DATA_LENGTH} at most.`)
  }
  return values
}
