import { tableText } from '../src/cli/text'
import { conditions, faultsInjected, requestRatio } from './conditions'
import { FAULT_KINDS, TARGETS } from './fault-plan'
import type { MeasuredOutage } from './outages/outage'
import type { SuiteResult } from './suite'

const SHOWN_VIOLATIONS = 5
const SHOWN_LENGTH = 500

/** The figures of a suite, as tables with their headings. */
export function report(result: SuiteResult): string {
  return [
    ['Faults that struck', faultTable(result)],
    ['Attempts per event', attemptTable(result)],
    ['Requests', requestTable(result)],
    ['Events by outcome', outcomeTable(result)],
    ['Conditions', conditionTable(result)]
  ]
    .map(([heading, table]) => `${heading}\n${table}`)
    .join('\n\n')
}

/** What each outage showed, as a table with its heading. */
export function outageReport(outages: MeasuredOutage[]): string {
  const rows = outages.map(({ name, figures, violations }) => [name, figures, violations.length === 0 ? 'yes' : 'NO'])
  const details = outages.flatMap(({ name, violations }) => detailsOf(name, violations))
  return ['Outages', tableText(['Condition', 'Measured', 'Holds'], rows, []), ...details].join('\n')
}

function faultTable({ faulty }: SuiteResult): string {
  const hits = (target: string | undefined, kind: string | undefined) =>
    faulty.faults
      .filter((one) => (target ?? one.target.name) === one.target.name && (kind ?? one.kind) === one.kind)
      .reduce((sum, { fault }) => sum + fault.hits, 0)
  const names = TARGETS.map(({ name }) => name)
  const rows = Object.keys(FAULT_KINDS).map((kind) => [
    kind,
    ...names.map((name) => dash(hits(name, kind))),
    number(hits(undefined, kind))
  ])
  const ended = ['401, token ended', ...names.map(() => ''), number(faulty.unauthorized)]
  const all = [
    'All',
    ...names.map((name) => number(hits(name, undefined))),
    number(hits(undefined, undefined) + faulty.unauthorized)
  ]
  return tableText(['Fault', ...names, 'all'], [...rows, ended, all], columns(1, names.length + 1))
}

function attemptTable({ faulty }: SuiteResult): string {
  const counts = countBy(faulty.deliveries.map(({ attempts }) => attempts))
  const rows = [...counts].sort(([one], [other]) => one - other)
  return tableText(
    ['Attempts', 'Events'],
    rows.map(([attempts, events]) => [String(attempts), number(events)]),
    [0, 1]
  )
}

function requestTable(result: SuiteResult): string {
  const { calm, faulty } = result
  const rows = TARGETS.map(({ name }) => [name, number(calm.calls.get(name) ?? 0), number(faulty.calls.get(name) ?? 0)])
  return tableText(
    ['Requests', 'Without faults', 'With faults'],
    [
      ...rows,
      ['All, those without an answer too', number(calm.requests), number(faulty.requests)],
      ['Tokens issued', number(calm.tokens), number(faulty.tokens)],
      ['Duplicates dropped by their nonce', number(calm.duplicates), number(faulty.duplicates)],
      ['Seconds', calm.seconds.toFixed(1), faulty.seconds.toFixed(1)],
      ['With faults / (without + faults)', '', requestRatio(result).toFixed(3)],
      ['Faults', '', number(faultsInjected(result))]
    ],
    [1, 2]
  )
}

function outcomeTable({ faulty }: SuiteResult): string {
  const outcomes = faulty.deliveries.map(({ outcome }) => {
    if (outcome?.kind !== 'rejected') return outcome?.kind ?? 'none'
    // Names of fields and the like stay, numbers and values do not.
    return `rejected: ${outcome.status} ${outcome.reason.slice(0, 60)}`
  })
  const rows = [...countBy(outcomes)].sort(([, one], [, other]) => other - one)
  return tableText(
    ['Outcome', 'Events'],
    rows.map(([outcome, events]) => [outcome, number(events)]),
    [1]
  )
}

function conditionTable(result: SuiteResult): string {
  const checked = conditions(result)
  const rows = checked.map(({ name, violations }) => [name, violations.length === 0 ? 'yes' : 'NO'])
  const table = tableText(['Condition', 'Holds'], rows, [])
  const details = checked.flatMap(({ name, violations }) => detailsOf(name, violations))
  return [table, ...details].join('\n')
}

function detailsOf(name: string, violations: string[]): string[] {
  if (violations.length === 0) return []
  const shown = violations.slice(0, SHOWN_VIOLATIONS).map((violation) => `  ${violation.slice(0, SHOWN_LENGTH)}`)
  return [`Not so: ${name} (${violations.length} violations, such as)`, ...shown]
}

function countBy<Key>(keys: Key[]): Map<Key, number> {
  const counts = new Map<Key, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

function columns(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}

function dash(value: number): string {
  return value === 0 ? '-' : number(value)
}
