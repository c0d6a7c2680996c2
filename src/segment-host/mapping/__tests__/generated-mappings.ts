import { below, type Random } from '../../../../faults/random'
import {
  KEYS,
  listText,
  objectText,
  once,
  pick,
  scalarText,
  several,
  TEXTS,
  valueText,
  type Generate
} from './generated-text'

const MEMBERS = [
  'type',
  'event',
  'messageId',
  'timestamp',
  'userId',
  'properties',
  'traits',
  'context',
  'properties',
  'traits'
]
const STARTS = ['$.', '$.', '$.', '', '', '$', '$.$.', '.', '..']
const STEPS: ((key: string) => string)[] = [
  (key) => `.${key}`,
  (key) => `.${key}`,
  (key) => `['${key}']`,
  (key) => `["${key}"]`,
  (key) => `[${key}]`,
  () => '[0]',
  () => '.length',
  () => '..',
  () => '.'
]
const WHOLE_PATHS = [
  '',
  '.',
  '$',
  '$.',
  '$.constructor',
  '$.constructor.name',
  "$.properties['x.y'].a",
  '[',
  ']',
  '$.context.a$.b'
]

/** A path, most of the time to a place that an event may have. */
export function pathOf(random: Random): string {
  if (once(random, 15)) return pick(random, WHOLE_PATHS)
  const first = once(random, 4) ? pick(random, KEYS) : pick(random, MEMBERS)
  const steps = several(random, 3, () => pick(random, STEPS)(pick(random, KEYS)))
  return `${pick(random, STARTS)}${first}${steps.join('')}`
}

function templateOf(random: Random): string {
  const pieces = several(random, 4, () => {
    const path = once(random, 8) ? ` ${pathOf(random)} ` : pathOf(random).replace('$.', '')
    return pick(random, [
      pick(random, TEXTS),
      `{{${path}}}`,
      `{{${path}}}`,
      `{{{${path}}}}`,
      '{{',
      '}}',
      '{{}}',
      '{{ }}'
    ])
  })
  return pieces.join('')
}

/** A part of a mapping: directives, and values as they are. */
export const mappingText: Generate = (random, depth) => {
  if (depth <= 0) return once(random, 4) ? scalarText(random) : directive('@path', JSON.stringify(pathOf(random)))
  if (once(random, 25)) return valueText(random, depth)
  if (once(random, 12)) return listText(several(random, 3, () => mappingText(random, depth - 1)))
  if (once(random, 10)) return membersText(random, depth)
  const [name, value] = pick(random, once(random, 12) ? LEFT_TO_THE_FRAMEWORK : COMPILED)
  return directive(name, value(random, depth - 1), once(random, 60) ? pick(random, BESIDE) : [])
}

const membersText: Generate = (random, depth) =>
  objectText(several(random, 3, () => [memberKey(random), mappingText(random, depth - 1)]))

/** Keys that look like directives make most mappings faulty. */
function memberKey(random: Random): string {
  const key = pick(random, KEYS)
  return key.startsWith('@') && !once(random, 20) ? 'a' : key
}

/** Keys beside a directive: a note, and two that make the mapping faulty. */
const BESIDE: [string, string][][] = [[['_metadata', '{"label":"a"}']], [['@literal', '1']], [['a', '1']]]

function directive(name: string, text: string, beside: [string, string][] = []): string {
  return objectText([[name, text], ...beside])
}

const text: (of: (random: Random) => string) => Generate = (of) => (random, depth) =>
  once(random, 20) ? mappingText(random, depth) : JSON.stringify(of(random))

/** Members of a directive's options, some of them left out. */
function options(random: Random, members: [string, string][]): string {
  return once(random, 80) ? scalarText(random) : objectText(members.filter(() => !once(random, 20)))
}

const COMPILED: [string, Generate][] = [
  ['@path', text(pathOf)],
  ['@path', text(pathOf)],
  ['@template', text(templateOf)],
  ['@literal', (random, depth) => (once(random, 3) ? mappingText(random, depth) : valueText(random, 2))],
  ['@if', ifText],
  ['@if', ifText],
  ['@case', caseText],
  ['@arrayPath', arrayPathText]
]

function ifText(random: Random, depth: number): string {
  return options(random, [
    [pick(random, ['exists', 'exists', 'blank']), mappingText(random, depth)],
    ...(once(random, 10) ? ([['blank', mappingText(random, depth)]] as [string, string][]) : []),
    ['then', mappingText(random, depth)],
    ['else', once(random, 3) ? scalarText(random) : mappingText(random, depth)]
  ])
}

function caseText(random: Random, depth: number): string {
  const operator = pick(random, ['lower', 'upper', 'upper', 'lower', 'lower', 'title', ''])
  return options(random, [
    ['operator', JSON.stringify(operator)],
    ['value', once(random, 4) ? JSON.stringify(pick(random, TEXTS)) : mappingText(random, depth)]
  ])
}

function arrayPathText(random: Random, depth: number): string {
  const path = text(pathOf)(random, depth)
  const shape = pick(random, [membersText, membersText, mappingText, scalarText])(random, depth)
  return listText(once(random, 6) ? [path] : [path, shape])
}

const LEFT_TO_THE_FRAMEWORK: [string, Generate][] = [
  ['@replace', replaceText],
  ['@merge', mergeText],
  [
    '@flatten',
    (random, depth) =>
      options(random, [
        ['separator', '"_"'],
        ['value', mappingText(random, depth)]
      ])
  ],
  ['@json', jsonText],
  ['@transform', transformText],
  ['@excludeWhenNull', mappingText],
  ['@liquid', (random) => JSON.stringify(`{{ ${pathOf(random).replace('$.', '')} | upcase }}`)],
  ['@unknown', scalarText]
]

function replaceText(random: Random, depth: number): string {
  const pattern = pick(random, ['a', '.', 't', '1', 'e', '-', 'x', 'much too long'])
  return options(random, [
    ['pattern', JSON.stringify(pattern)],
    ['replacement', '"-"'],
    ['value', mappingText(random, depth)]
  ])
}

function mergeText(random: Random, depth: number): string {
  const objects = Array.from({ length: 1 + below(3, random) }, () => membersText(random, depth))
  return options(random, [
    ['direction', pick(random, ['"left"', '"right"'])],
    ['objects', listText(objects)]
  ])
}

function jsonText(random: Random, depth: number): string {
  return options(random, [
    ['mode', pick(random, ['"encode"', '"decode"'])],
    ['value', mappingText(random, depth)]
  ])
}

function transformText(random: Random, depth: number): string {
  return options(random, [
    ['apply', membersText(random, depth)],
    ['mapping', membersText(random, depth)]
  ])
}

/** Fields that Segment writes into mappings, and keys that are no fields. */
const OTHER_FIELDS: [string, string][] = [
  ['__segment_internal_sync_mode', '"upsert"'],
  ['__segment_internal_matching_key', '"id"'],
  ['_metadata', '1'],
  ['unknown', '{"@path":"$.event"}'],
  ['constructor', '{"@path":"$.missing"}'],
  ['toString', '{"@template":"{{event}}"}'],
  ['dynamicAuthSettings', '{"@path":"$.properties"}'],
  ['__proto__', '{"@path":"$.properties"}'],
  ['__segment_internal_directive', '{"@transform":{"apply":{"a":{"@path":"$.properties"}}}}']
]

type Field = { default?: unknown; required?: unknown }

/** Required fields are nearly always there, and those without a default seldom, since a generated value fits few of them. */
function isChosen(random: Random, field: Field): boolean {
  if (field.required === true) return !once(random, 40)
  return field.default === undefined ? once(random, 6) : !once(random, 6)
}

/** The JSON text of a mapping for an action with these fields. Now and then it is one directive. */
export function wholeMappingText(random: Random, fields: Record<string, Field>): string {
  if (once(random, 60)) return mappingText(random, 2)
  const chosen = Object.keys(fields).filter((key) => isChosen(random, fields[key]))
  return objectText([
    ...chosen.map((key): [string, string] => [key, fieldText(random, fields[key].default)]),
    ...(once(random, 6) ? [pick(random, OTHER_FIELDS)] : [])
  ])
}

function fieldText(random: Random, usual: unknown): string {
  return usual !== undefined && !once(random, 12) ? JSON.stringify(usual) : mappingText(random, 3)
}
