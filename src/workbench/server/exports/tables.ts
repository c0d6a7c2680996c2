import type { Emulator } from '../../../emulator'
import type { EventSources } from '../visitors/event-sources'
import { partsOfKey } from '../visitors/stored-maps'
import { csvOf, type Cell } from './csv'

export const TABLES = ['conversions', 'visitors', 'custom-data', 'stored-data'] as const

export type TableName = (typeof TABLES)[number]

/** What Kameleoon knows, as tables. */
interface TableSource {
  emulator: Pick<Emulator, 'visitors' | 'visitor' | 'maps'>
  sources: Pick<EventSources, 'currencyOf'>
}

interface Table {
  head: string[]
  rows: (source: TableSource) => Iterable<Cell[]>
}

const ALL: Record<TableName, Table> = {
  conversions: { head: ['time', 'visitor', 'goal id', 'goal', 'amount', 'currency', 'refund'], rows: conversionsIn },
  visitors: { head: ['visitor', 'conversions', 'pages', 'first seen', 'last seen'], rows: visitorsIn },
  'custom-data': { head: ['visitor', 'index', 'custom data', 'value', 'times'], rows: customDataIn },
  'stored-data': { head: ['key', 'id', 'field', 'value', 'written', 'kept until'], rows: storedDataIn }
}

/** One of the tables as CSV. */
export function tableOf(name: TableName, source: TableSource): string {
  const { head, rows } = ALL[name]
  return csvOf(head, rows(source))
}

/** Kameleoon receives no currency; it is that of the event which the conversion was made of. */
function* conversionsIn({ emulator, sources }: TableSource): Generator<Cell[]> {
  for (const code of emulator.visitors()) {
    const { events = [], conversions = [] } = emulator.visitor(code) ?? {}
    // Both lists have the same order.
    const sent = events.filter(({ eventType }) => eventType === 'CONVERSION')
    for (const [index, { at, goalId, goalName, revenue, negative }] of conversions.entries()) {
      const amount = sent[index]?.revenue === undefined ? null : negative ? -revenue : revenue
      const currency = amount === null ? null : sources.currencyOf(sent[index].nonce)
      yield [iso(at), code, goalId, goalName, amount, currency, negative ? 'yes' : 'no']
    }
  }
}

function* visitorsIn({ emulator }: TableSource): Generator<Cell[]> {
  for (const code of emulator.visitors()) {
    const { events = [], conversions = [], pages = [] } = emulator.visitor(code) ?? {}
    const times = events.map(({ at }) => at)
    if (times.length === 0) continue
    yield [code, conversions.length, pages.length, iso(Math.min(...times)), iso(Math.max(...times))]
  }
}

function* customDataIn({ emulator }: TableSource): Generator<Cell[]> {
  for (const code of emulator.visitors()) {
    for (const { index, name, valuesCountMap } of Object.values(emulator.visitor(code)?.customData ?? {})) {
      for (const [value, times] of Object.entries(valuesCountMap)) yield [code, index, name, value, times]
    }
  }
}

function* storedDataIn({ emulator }: TableSource): Generator<Cell[]> {
  for (const [key, { fields, writtenAt, expiresAt }] of Object.entries(emulator.maps())) {
    const id = partsOfKey(key)?.id ?? null
    for (const [field, value] of Object.entries(fields)) {
      yield [key, id, field, cellOf(value), iso(writtenAt), iso(expiresAt)]
    }
  }
}

function cellOf(value: unknown): Cell {
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value)
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
