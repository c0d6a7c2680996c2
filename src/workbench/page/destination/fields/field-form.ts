import type { Field } from '../../../contract'
import { isRecord } from '../../parts/json'

/** How a field of a mapping is filled in. Everything that has no form of its own is edited as JSON. */
export type FieldForm = 'empty' | 'path' | 'path-else' | 'fixed' | 'list' | 'keys' | 'json'

export const FORM_LABELS: Record<FieldForm, string> = {
  path: 'Event path',
  'path-else': 'Path, else path',
  fixed: 'Fixed value',
  list: 'List',
  keys: 'Key by key',
  json: 'JSON',
  empty: 'Empty'
}

type KindOfField = Pick<Field, 'type' | 'multiple' | 'keyValue' | 'dynamic'>

/** Whether a field is a choice of Kameleoon, such as a goal. Its list stays open for a choice while it is empty. */
const isChoice = ({ type, dynamic }: KindOfField): boolean => dynamic && type !== 'object'

/** The forms that a field can have, the most common first. */
export function formsFor(field: KindOfField): FieldForm[] {
  const { type, multiple } = field
  if (multiple) return ['path', 'path-else', 'list', 'json', 'empty']
  if (isChoice(field)) return ['fixed', 'path', 'path-else', 'json']
  return ['path', 'path-else', type === 'object' ? 'keys' : 'fixed', 'json', 'empty']
}

/** The form that can show a value completely. */
export function formOf(value: unknown, field: KindOfField): FieldForm {
  if (value === undefined || value === null) return isChoice(field) ? 'fixed' : field.keyValue ? 'keys' : 'empty'
  if (pathIn(value) !== null) return 'path'
  if (pathsIn(value) !== null) return 'path-else'
  if (field.multiple) return isListOfTexts(value) ? 'list' : 'json'
  if (field.type === 'object') return isRecord(value) && !isDirective(value) ? 'keys' : 'json'
  return typeof value === 'object' ? 'json' : 'fixed'
}

/** The value of a field after another form is chosen. Whatever both forms can hold is kept. */
export function converted(form: FieldForm, value: unknown): unknown {
  const path = pathIn(value) ?? pathsIn(value)?.[0] ?? '$.'
  switch (form) {
    case 'path':
      return pathValue(path)
    case 'path-else':
      return pathsValue(path, pathsIn(value)?.[1] ?? '$.')
    case 'fixed':
      return typeof value === 'object' ? '' : (value ?? '')
    case 'list':
      return isListOfTexts(value) ? value : []
    case 'keys':
      return isRecord(value) && !isDirective(value) ? value : {}
    case 'json':
      return value
    case 'empty':
      return undefined
  }
}

export const pathValue = (path: string) => ({ '@path': path })

export const pathsValue = (first: string, second: string) => ({
  '@if': { exists: pathValue(first), then: pathValue(first), else: pathValue(second) }
})

/** The path of `{"@path": …}`, or null for anything else. */
export function pathIn(value: unknown): string | null {
  if (!isRecord(value) || Object.keys(value).join() !== '@path') return null
  return typeof value['@path'] === 'string' ? value['@path'] : null
}

/** Both paths of "the first if it exists, else the second", or null for anything else. */
export function pathsIn(value: unknown): [string, string] | null {
  if (!isRecord(value) || Object.keys(value).join() !== '@if') return null
  const condition = value['@if']
  if (!isRecord(condition) || Object.keys(condition).sort().join() !== 'else,exists,then') return null
  const [exists, then, otherwise] = [pathIn(condition.exists), pathIn(condition.then), pathIn(condition.else)]
  return exists !== null && exists === then && otherwise !== null ? [then, otherwise] : null
}

function isListOfTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** Objects with keys that start with @ are Segment's mapping directives, not data. */
function isDirective(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).some((key) => key.startsWith('@'))
}

/** Whether a field is shown, depending on other fields. A value that comes from the event may be anything, so it counts as a match. */
export function isShown({ dependsOn }: Pick<Field, 'dependsOn'>, mapping: Record<string, unknown>): boolean {
  if (!dependsOn) return true
  const holds = dependsOn.conditions.map(({ fieldKey, operator, value: wanted }) => {
    const value = mapping[fieldKey] === '' || mapping[fieldKey] === null ? undefined : mapping[fieldKey]
    if (isDirective(value)) return true
    const wants = Array.isArray(wanted) ? wanted.includes(value) : value === wanted
    return operator === 'is' ? wants : !wants
  })
  return dependsOn.match === 'all' ? holds.every(Boolean) : holds.some(Boolean)
}
