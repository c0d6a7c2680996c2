import { generateFql, parseFql, type Condition, type GroupCondition } from '@segment/destination-subscriptions'
// Not through the index of the host: that needs Node, which the page does not have.
import { queryFault } from '../../../../segment-host/query-problem'
import {
  isOperatorOf,
  NUMBER_OPERATORS,
  type Part,
  VALUELESS_OPERATORS,
  WITH_NAME,
  type RowOperator
} from './operators'

/** One condition of a filter, as the builder shows it. */
export interface Row {
  kind: 'row'
  /** Stays the same while the row is edited. */
  id: number
  part: Part
  /** The name of a property, trait or member of the context, as in `page.path`; empty for other parts. */
  name: string
  operator: RowOperator
  /** One value; several for `one_of`; none for operators without a value. */
  values: string[]
}

/** Conditions that are joined in another way than those around them. */
export interface Group {
  kind: 'group'
  id: number
  match: Match
  rows: Row[]
}

export type Match = 'and' | 'or'

/** A filter that the builder can show. */
export interface Filter {
  match: Match
  items: (Row | Group)[]
}

type Comparison = Exclude<Condition, GroupCondition>

let lastId = 0

export const newRow = (part: Row['part'] = 'event', name = ''): Row => ({
  ...{ kind: 'row', id: ++lastId, part, name, operator: '=', values: [''] }
})

export const newGroup = (match: Match, part: Row['part']): Group => ({
  ...{ kind: 'group', id: ++lastId, match, rows: [newRow(part)] }
})

/** A longer filter would make typing slow. */
const MOST_SHOWN_CHARACTERS = 10_000

/** The filter behind a text; null for a text that is not valid, or that only the text form can express. */
export function filterOf(text: string): Filter | null {
  if (text.length > MOST_SHOWN_CHARACTERS || queryFault(text) !== null || isLossy(text)) return null
  const parsed = parseFql(text)
  if ('error' in parsed) return null
  const single = oneOfRow(parsed)
  if (single) return { match: 'and', items: [single] }
  const items = parsed.children.map(itemOf)
  return items.every((item) => item !== null) ? { match: parsed.operator, items } : null
}

/** The text of a filter. Conditions that are not complete are left out. */
export function textOf({ match, items }: Filter): string {
  const children = items.map((item) => (item.kind === 'row' ? conditionOf(item) : groupOf(item)))
  const complete = children.filter((child) => child !== null)
  const [first] = complete
  // A single group needs no brackets.
  if (complete.length === 1 && first.type === 'group') return generateFql(first)
  return complete.length === 0 ? '' : generateFql({ type: 'group', operator: match, children: complete })
}

function groupOf({ match, rows }: Group): Condition | null {
  const children = rows.map(conditionOf).filter((child) => child !== null)
  if (children.length < 2) return children[0] ?? null
  return { type: 'group', operator: match, children }
}

/** Whether a row has everything that its condition needs. */
export const isComplete = (row: Row): boolean => conditionOf(row) !== null

function conditionOf({ part, name, operator, values }: Row): Condition | null {
  if (WITH_NAME.includes(part) && !isName(name)) return null
  const place = { type: part, ...(WITH_NAME.includes(part) && { name }) }
  if (operator === 'one_of') return oneOf(place, values.filter(isWritable))
  const [value = ''] = values
  if (VALUELESS_OPERATORS.includes(operator)) return comparison({ ...place, operator })
  if (!isWritable(value)) return null
  if (!NUMBER_OPERATORS.includes(operator)) return comparison({ ...place, operator, value })
  return isNumber(value) ? comparison({ ...place, operator, value: Number(value) }) : null
}

function oneOf(place: object, values: string[]): Condition | null {
  const children = values.map((value) => comparison({ ...place, operator: '=', value }))
  return children.length < 2 ? (children[0] ?? null) : { type: 'group', operator: 'or', children }
}

/** The types of the library tell the parts apart; here one function serves all of them. */
const comparison = (condition: object): Comparison => condition as Comparison

/** The library of Segment cannot read a double quote inside of a text. */
const isWritable = (value: string): boolean => value !== '' && !value.includes('"')

/** Segment reads whole and decimal numbers, and no exponents. */
export const isNumber = (value: string): boolean =>
  /^-?\d+(\.\d+)?$/.test(value) && String(Number(value)).indexOf('e') < 0

/** Names that Segment's parser reads as they are written. Others are edited as text. */
export const isName = (name: string): boolean => /^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*$/.test(name)

function itemOf(condition: Condition): Row | Group | null {
  if (condition.type !== 'group') return rowOf(condition)
  const single = oneOfRow(condition)
  if (single) return single
  const rows = condition.children.map((child) => (child.type === 'group' ? null : rowOf(child)))
  return rows.every((row) => row !== null) ? { kind: 'group', id: ++lastId, match: condition.operator, rows } : null
}

/** "is one of" for several values of the same part, any of which fits. */
function oneOfRow({ operator, children }: GroupCondition): Row | null {
  const rows = children.map((child) => (child.type === 'group' ? null : rowOf(child)))
  const [first] = rows
  if (operator !== 'or' || rows.length < 2 || !first) return null
  const isSame = rows.every((row) => row?.operator === '=' && row.part === first.part && row.name === first.name)
  return isSame ? { ...first, operator: 'one_of', values: rows.flatMap((row) => row?.values ?? []) } : null
}

function rowOf(condition: Comparison): Row | null {
  const { type: part, operator } = condition
  const name = 'name' in condition ? condition.name : ''
  if (!isOperatorOf(part, operator) || (name !== '' && !isName(name))) return null
  const row = { kind: 'row' as const, id: ++lastId, part, name, operator }
  if (VALUELESS_OPERATORS.includes(operator)) return { ...row, values: [] }
  const { value } = condition
  if (NUMBER_OPERATORS.includes(operator)) return typeof value === 'number' ? { ...row, values: [String(value)] } : null
  return typeof value === 'string' && value !== '' ? { ...row, values: [value] } : null
}

const CALL = /!?\b(?:contains|match)\s*\([^)]*\)/g

/** Whether Segment's parser would lose something; `contains(type, …)` is a condition that it does not know. */
function isLossy(text: string): boolean {
  const bare = text.replace(/"[^"]*"/g, '""')
  return /(?:contains|match)\s*\(\s*type\b/.test(bare) || isMixed(text) || hasCallInGroup(text)
}

/** Whether brackets hold a call such as `contains(…)`. Segment's parser takes the end of the call for the end of the brackets. */
export function hasCallInGroup(text: string): boolean {
  const bare = text.replace(/"[^"]*"/g, '""').replace(CALL, '§')
  return /\([^()]*§[^()]*\)/.test(bare)
}

/** Whether "and" and "or" are mixed without brackets. Segment then uses the last one for all of them. */
export function isMixed(text: string): boolean {
  const bare = text.replace(/"[^"]*"/g, '""').replace(CALL, 'x')
  const groups = [...bare.matchAll(/\(([^()]*)\)/g)].map(([, inner]) => inner)
  return [bare.replace(/\([^()]*\)/g, 'x'), ...groups].some((level) => {
    const words = new Set([...level.matchAll(/(?<![\w.\\-])(and|or)(?![\w.-])/g)].map(([, word]) => word))
    return words.size > 1
  })
}
