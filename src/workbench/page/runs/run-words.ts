import type { Run } from '../../contract'
import { queryPart } from '../../contract/event-query-text'

const count = (number: number) => number.toLocaleString('en')

/** Bytes in the unit that reads best. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} KB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** How much of a run is done, from 0 to 100. Reading a file is one half of it, delivering the other. */
export function percentOf({ state, stopped, bytes, bytesRead, total, events, waiting, retrying }: Run): number {
  if (state === 'ended') return 100
  const settled = events === 0 ? 0 : (events - waiting - retrying) / events
  const read =
    stopped !== null || state === 'delivering' ? 1 : shareOf(total === null ? bytesRead : events, total ?? bytes)
  return Math.round(100 * read * (0.5 + settled / 2))
}

function shareOf(done: number, all: number | null): number {
  return all === null || all === 0 ? 0 : Math.min(1, done / all)
}

/** One outcome of a run: how many events, the word for it, and the search that shows them. */
export interface RunCount {
  key: 'delivered' | 'rejected' | 'filtered' | 'retrying' | 'waiting' | 'discarded' | 'duplicates'
  words: string
  /** Null where no search finds just these. */
  q: string | null
}

const COUNTS: { key: RunCount['key']; word: string; status: string | null; always?: boolean }[] = [
  { key: 'delivered', word: 'delivered', status: 'delivered', always: true },
  { key: 'rejected', word: 'failed', status: 'failed', always: true },
  { key: 'filtered', word: 'filtered', status: 'filtered' },
  { key: 'retrying', word: 'retrying', status: 'retrying' },
  { key: 'waiting', word: 'waiting', status: null },
  { key: 'discarded', word: 'with discarded parts', status: 'discarded' },
  { key: 'duplicates', word: 'duplicates, not counted again', status: null }
]

/** The outcomes of a run that there are. */
export function countsOf(run: Run): RunCount[] {
  return COUNTS.filter(({ key, always }) => run[key] > 0 || always).map(({ key, word, status }) => ({
    key,
    words: `${count(run[key])} ${word}`,
    q: status === null || run[key] === 0 ? null : `${queryPart('status', status)} ${runQuery(run)}`
  }))
}

/** The search of the list that shows the events of a run: those that arrived while it was sent. */
export function runQuery({ startedAt, sentAt }: Run): string {
  const after = queryPart('after', startedAt)
  return sentAt === null ? after : `${after} ${queryPart('before', sentAt)}`
}

/** What happens now, or how it ended. */
export function stateInWords({ state, stopped, events, total, bytes, bytesRead }: Run): string {
  const read = total === null ? `${count(events)} events read` : `${count(events)} of ${count(total)} events sent again`
  const size = bytes === null ? '' : `, ${bytesInWords(bytesRead)} of ${bytesInWords(bytes)}`
  if (stopped !== null) return `Stopped after ${count(events)} events. ${stopped}`
  if (state === 'sending') return `${read}${size}`
  return state === 'delivering' ? `${read}, still delivering` : `Done: ${read}`
}
