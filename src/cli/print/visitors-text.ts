import type { Conversion, CustomDataValues, Page } from '../../emulator'
import type { KnownVisitor } from '../known-visitors'
import { counted, plainText, shortened } from './plain-text'
import { boxText } from './table'
import type { Colours } from './terminal'

const MOST_VISITORS = 40
const MOST_LINES = 12
const LONGEST_VALUE = 60
const LABEL_WIDTH = 15

/** One box for every visitor, with what Kameleoon knows about them. */
export function visitorsText(visitors: KnownVisitor[], colours: Colours, width: number): string {
  if (visitors.length === 0) return 'Kameleoon knows no visitor.'
  const boxes = visitors.slice(0, MOST_VISITORS).map((visitor) => visitorText(visitor, colours, width))
  const hidden = visitors.length - MOST_VISITORS
  return [...boxes, ...(hidden > 0 ? [`… and ${counted(hidden, 'more visitor')}`] : [])].join('\n')
}

function visitorText(visitor: KnownVisitor, colours: Colours, width: number): string {
  const ids = visitor.linkedIds.length > 0 ? colours.dim(`  linked: ${plainText(visitor.linkedIds.join(', '))}`) : ''
  const rows = rowsOf(visitor).map(([label, lines]) => [colours.dim(label), limited(lines).join('\n')])
  const title = colours.bold(plainText(visitor.visitorCode)) + ids
  return `${title}\n${boxText(rows, [LABEL_WIDTH, width - LABEL_WIDTH - 3])}`
}

function rowsOf(visitor: KnownVisitor): [string, string[]][] {
  const rows: [string, string[]][] = [
    ['conversions', visitor.conversions.map(conversionText)],
    ['pages', visitor.pages.map(pageText)],
    ['custom data', visitor.customData.map(customDataText)],
    ['traits', fieldLines(visitor.traits)],
    ['group', groupLines(visitor)],
    ['audiences', visitor.audiences.map(plainText)]
  ]
  return rows.filter(([, lines]) => lines.length > 0)
}

function conversionText({ goalName, revenue, negative }: Conversion): string {
  const amount = revenue === 0 ? '' : `  ${negative ? '−' : ''}${revenue.toLocaleString('en')}`
  return plainText(goalName) + amount + (negative ? '  (taken back)' : '')
}

function pageText({ href, title }: Page): string {
  return [href, title].filter(Boolean).map(String).map(plainText).join('  ')
}

function customDataText({ index, name, valuesCountMap }: CustomDataValues): string {
  const values = Object.entries(valuesCountMap).map(([value, count]) => (count === 1 ? value : `${value} ×${count}`))
  return plainText(`${index} ${name}: ${values.join(', ')}`)
}

function groupLines({ groupId, groupTraits }: KnownVisitor): string[] {
  return groupId === undefined ? [] : [plainText(groupId), ...fieldLines(groupTraits)]
}

function fieldLines(fields: Record<string, unknown>): string[] {
  return Object.entries(fields).map(([name, value]) => `${plainText(name)} = ${valueText(value)}`)
}

function valueText(value: unknown): string {
  return shortened(plainText(typeof value === 'string' ? value : JSON.stringify(value)), LONGEST_VALUE)
}

function limited(lines: string[]): string[] {
  if (lines.length <= MOST_LINES) return lines
  return [...lines.slice(0, MOST_LINES), `… and ${(lines.length - MOST_LINES).toLocaleString('en')} more`]
}
