import type { Conversion, CustomDataValues, Page } from '../emulator'
import type { EmulatorReport, VisitedVisitor } from './embedded/embedded-emulator'
import { idIn, linksIn } from '../segment-host'
import { counted, plainText, shortened, boxText } from './text'
import type { Colours } from './context'

/** What an emulator knows about one visitor, from visit events and from stored data. */
export interface KnownVisitor {
  visitorCode: string
  /** Segment ids that are linked to this visitor. */
  linkedIds: string[]
  conversions: Conversion[]
  pages: Page[]
  customData: CustomDataValues[]
  traits: Record<string, unknown>
  groupId?: string
  groupTraits: Record<string, unknown>
  /** Keys of the audiences the visitor is in. */
  audiences: string[]
}

/** All stored data by visitor, in the order of visitor codes. Data of a linked Segment id is added to its visitor. */
export function knownVisitors({ visitors, maps }: Pick<EmulatorReport, 'visitors' | 'maps'>): KnownVisitor[] {
  const links = linksIn(maps)
  const known = new Map(visitors.map((visited) => [visited.visitorCode, knownFrom(visited)]))
  const visitor = (code: string): KnownVisitor => {
    const found = known.get(code) ?? knownFrom({ visitorCode: code, conversions: [], pages: [], customData: {} })
    known.set(code, found)
    return found
  }
  for (const [id, code] of links) visitor(code).linkedIds.push(id)
  for (const [key, { fields }] of Object.entries(maps)) {
    const identified = idIn(key, 'identify')
    if (identified !== undefined) addIdentity(visitor(links.get(identified) ?? identified), fields)
    const member = idIn(key, 'cohorts')
    if (member !== undefined) addAudiences(visitor(links.get(member) ?? member), fields)
  }
  return [...known.values()].sort((a, b) => (a.visitorCode < b.visitorCode ? -1 : 1))
}

type Fields = Record<string, unknown>

function knownFrom({ customData, ...visited }: VisitedVisitor): KnownVisitor {
  const values = Object.values(customData)
  return { ...visited, customData: values, linkedIds: [], traits: {}, groupTraits: {}, audiences: [] }
}

function addIdentity(visitor: KnownVisitor, { groupId, group, ...traits }: Fields): void {
  Object.assign(visitor.traits, traits)
  if (typeof groupId === 'string') visitor.groupId = groupId
  if (typeof group === 'object' && group !== null) Object.assign(visitor.groupTraits, group)
}

function addAudiences(visitor: KnownVisitor, fields: Fields): void {
  const entered = Object.keys(fields).filter((audience) => fields[audience] === true)
  visitor.audiences = [...new Set([...visitor.audiences, ...entered])].sort()
}

const MOST_VISITORS = 40
const MOST_LINES = 12
const LONGEST_VALUE = 60
const LABEL_WIDTH = 15

/** One box for each visitor, with the data that Kameleoon has. */
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
