import { below, type Random } from '../../../../faults/random'

/** Generates the JSON text of a value. Text, since only JSON.parse makes `__proto__` a member like others. */
export type Generate = (random: Random, depth: number) => string

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[below(items.length, random)]
}

/** True once in `times`, on average. */
export function once(random: Random, times: number): boolean {
  return below(times, random) === 0
}

export function objectText(members: [key: string, text: string][]): string {
  return `{${members.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join()}}`
}

export function listText(items: string[]): string {
  return `[${items.join()}]`
}

/** Up to `most` results of a generator. */
export function several<Item>(random: Random, most: number, one: () => Item): Item[] {
  return Array.from({ length: below(most + 1, random) }, one)
}

/** Keys that mean something to JavaScript, to paths or to Segment, among plain ones. */
export const KEYS = [
  ...['a', 'b', 'c', 'id', 'list', 'name', 'a', 'b', 'c', 'a', 'b'],
  ...['constructor', '__proto__', 'toString', 'valueOf', 'length', 'hasOwnProperty', 'toJSON', 'prototype'],
  ...['0', '1', '10', '', ' ', 'x.y', 'quo"te', "it's", '[0]', '$', '@path', '@odd', '_metadata', 'é', '$.a']
]

/** Texts that look like other things: numbers, times, templates, JSON. */
export const TEXTS = [
  ...[
    '',
    ' ',
    'text',
    'TEXT',
    'ß',
    'İstanbul',
    '\u0000',
    '\ud83d',
    '0',
    '12',
    ' 12',
    '1.5',
    '-1',
    '1e3',
    'true',
    'null'
  ],
  ...[
    '2026-03-02T10:00:00.000Z',
    '2026-03-02',
    '02/03/2026',
    '10:00',
    '1772445600',
    '1772445600000',
    'someone@example.com'
  ],
  ...[
    '{{a}}',
    '{{{a}}}',
    '{{properties.a}}',
    '$&',
    '$.a',
    'a',
    '{"a":1}',
    '[1]',
    'x'.repeat(40),
    'https://example.com/a?b=c'
  ]
]

const SCALARS = [
  'null',
  'null',
  'true',
  'false',
  '0',
  '-0',
  '1',
  '-1',
  '1.5',
  '12',
  '1e21',
  '1e400',
  '1772445600',
  '1772445600000'
]

export const scalarText = (random: Random): string =>
  once(random, 2) ? JSON.stringify(pick(random, TEXTS)) : pick(random, SCALARS)

/** Any JSON value. */
export const valueText: Generate = (random, depth) => {
  if (once(random, 400)) return nestedText(below(200, random))
  if (depth <= 0 || once(random, 2)) return scalarText(random)
  if (once(random, 3)) return listText(several(random, 3, () => valueText(random, depth - 1)))
  return objectText(several(random, 4, () => [pick(random, KEYS), valueText(random, depth - 1)]))
}

function nestedText(levels: number): string {
  return `${'{"a":['.repeat(levels)}null${']}'.repeat(levels)}`
}
