import { plainText, boxText, tableText } from '../../text'
import type { Colours } from '../../context'
import { VISITOR_HANDLING } from './classic'
import type { Carried, Migration } from './migration'

const HEAD = ['Subscription', 'Was', 'Is now', 'Enabled', 'Kept as changed', 'Added']

/** The report: what was migrated, what was added, and the manual steps with their reasons. */
export function migrationText(migration: Migration, colours: Colours, width: number): string {
  const { carried, toDo, notes } = migration
  const parts = [
    titleOf(migration),
    tableText(HEAD.map(colours.bold), carried.map(rowOf), [5]),
    addedText(carried),
    migration.from === 'classic' ? visitorText(width) : '',
    toDo.length === 0
      ? colours.green('Nothing needs a human.')
      : [colours.yellow('Needs a human'), ...toDo.map(({ about, text }) => line(about, text))].join('\n'),
    notes.length === 0 ? '' : ['Good to know', ...notes.map((note) => `  ${plainText(note)}`)].join('\n')
  ]
  return parts.filter((part) => part !== '').join('\n\n') + '\n'
}

function titleOf({ from, carried }: Migration): string {
  const results = carried.filter(({ result }) => result)
  if (from === 'classic') return `${results.length} subscriptions take the place of the classic Kameleoon destination.`
  return `${results.length} of ${carried.length} subscriptions of the official Kameleoon (Actions) destination carried over.`
}

function rowOf({ name, was, result, changed, added }: Carried): string[] {
  const kept = changed.map(plainText).join(', ')
  if (!result) return [plainText(name), plainText(was), '(not migrated)', '', kept, '']
  return [
    plainText(name),
    plainText(was),
    result.partnerAction,
    result.enabled ? 'yes' : 'no',
    kept,
    String(added.length)
  ]
}

/** Once for each action, since the same fields are added to all its subscriptions. */
function addedText(carried: Carried[]): string {
  const byAction = new Map<string, Set<string>>()
  for (const { result, added } of carried) {
    if (!result || added.length === 0) continue
    byAction.set(result.partnerAction, new Set([...(byAction.get(result.partnerAction) ?? []), ...added]))
  }
  if (byAction.size === 0) return ''
  return [
    'Added with their defaults',
    ...[...byAction].map(([action, added]) => line(action, [...added].join(', ')))
  ].join('\n')
}

function visitorText(width: number): string {
  const first = 40
  return `How visitors are known\n${boxText(
    VISITOR_HANDLING.map((row) => [...row]),
    [first, Math.max(width - first - 3, 40)]
  )}`
}

function line(about: string, text: string): string {
  return `  ${plainText(about)}: ${plainText(text)}`
}
