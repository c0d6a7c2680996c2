import { Rejection } from '../rejection'
import { LIMITS } from '../limits'
import { isObject } from '../events/is-object'
import { fromJson, wholeNumber } from './request'

interface Condition {
  field: string
  operator: string
  parameters: string[]
}

const OPERATORS: Record<string, (value: string, parameters: string[]) => boolean> = {
  EQUAL: (value, parameters) => value === parameters[0],
  NOT_EQUAL: (value, parameters) => value !== parameters[0],
  IN: (value, parameters) => parameters.includes(value)
}

/**
 * One page of a list, filtered as the query says: `filter` is a JSON array of {field, operator, parameters}, `page` counts
 * from 1. 400 for fields and operators the list does not support.
 * https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/get-started
 */
export function pageOf<Item extends object>(
  items: Item[],
  query: Record<string, string>,
  fields: (keyof Item & string)[]
): Item[] {
  const conditions = readFilter(query.filter, fields)
  const page = wholeNumber('page', query.page ?? '1', 1, Number.MAX_SAFE_INTEGER)
  const perPage = wholeNumber('perPage', query.perPage ?? String(LIMITS.automationPage), 1, LIMITS.automationMaxPage)
  const found = items.filter((item) => conditions.every((condition) => holds(condition, item)))
  return found.slice((page - 1) * perPage, page * perPage)
}

function holds({ field, operator, parameters }: Condition, item: object): boolean {
  const value: unknown = new Map<string, unknown>(Object.entries(item)).get(field)
  return OPERATORS[operator](String(value), parameters)
}

function readFilter(filter: string | undefined, fields: string[]): Condition[] {
  if (filter === undefined) return []
  const conditions = fromJson(filter, 'filter as a JSON array')
  if (!Array.isArray(conditions)) throw new Rejection(400, 'filter must be a JSON array.')
  return conditions.map((condition: unknown) => readCondition(condition, fields))
}

function readCondition(condition: unknown, fields: string[]): Condition {
  const { field, operator, parameters }: Record<string, unknown> = isObject(condition) ? condition : {}
  if (typeof field !== 'string' || !fields.includes(field)) {
    throw new Rejection(400, `Cannot filter by field '${String(field)}'; try ${fields.join(', ')}.`)
  }
  if (typeof operator !== 'string' || !Object.keys(OPERATORS).includes(operator)) {
    throw new Rejection(400, `Unknown operator '${String(operator)}'; try ${Object.keys(OPERATORS).join(', ')}.`)
  }
  if (!Array.isArray(parameters) || parameters.length === 0) throw new Rejection(400, 'parameters must be an array.')
  return { field, operator, parameters: parameters.map(String) }
}
