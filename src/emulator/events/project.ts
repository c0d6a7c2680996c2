import type { Catalog } from '../catalog'
import { LIMITS } from '../limits'
import type { EventType } from './event-types'
import { isObject } from './is-object'
import type { Problem } from './visit-event'

/** What only the project can tell: goals and custom data that it does not have, and values it does not take. */
export function projectProblems(content: Record<string, unknown>, eventType: EventType, catalog: Catalog): Problem[] {
  if (eventType === 'CONVERSION') return conversionProblems(content, catalog)
  if (eventType === 'CUSTOMDATA') return customDataProblems(content, catalog)
  return []
}

function conversionProblems({ goalId, metadata }: Record<string, unknown>, catalog: Catalog): Problem[] {
  const problems: Problem[] = []
  if (goalId !== undefined && !catalog.goal(goalId)) {
    problems.push({ reason: 'goal unknown in this project', field: 'goalId', value: goalId })
  }
  const indices = isObject(metadata) ? Object.keys(metadata).map(Number) : []
  return [...problems, ...indices.flatMap((index) => indexProblems(index, 'metadata', catalog))]
}

function customDataProblems({ index, valuesCountMap }: Record<string, unknown>, catalog: Catalog): Problem[] {
  const problems = index === undefined ? [] : indexProblems(index, 'index', catalog)
  const values = isObject(valuesCountMap) ? Object.keys(valuesCountMap) : []
  if (values.join('').length <= LIMITS.customDataValuesLength) return problems
  const reason = `values longer than ${LIMITS.customDataValuesLength} characters in total`
  return [...problems, { reason, field: 'valuesCountMap', value: valuesCountMap }]
}

function indexProblems(index: unknown, field: string, catalog: Catalog): Problem[] {
  const customData = catalog.customDataAt(index)
  if (!customData) return [{ reason: 'custom data index unknown in this project', field, value: index }]
  if (customData.isLocalOnly) return [{ reason: 'custom data is kept in the browser only', field, value: index }]
  return []
}
