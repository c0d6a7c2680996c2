import type { DeadLetter, FleetStatus } from '../../../fleet'
import type { Colours } from '../../context'
import { fitted, plainText, tableText } from '../../text'
import { stateText } from './worker-lines'

/** What a fleet does, as a table. */
export function statusText(status: FleetStatus & { risks: string[]; place: string }, colours: Colours): string {
  const { totals, state, risks } = status
  const rows = [
    ['Jobs that wait', number(status.waiting)],
    ['Jobs under way', number(status.active)],
    ['Oldest job waits for', status.oldestSeconds === null ? '' : `${status.oldestSeconds.toFixed(0)} s`],
    ['Received calls', number(status.inbox)],
    ['Dead letters', number(status.dead)],
    ['Events delivered', number(totals.delivered ?? 0)],
    ['Events filtered', number(totals.filtered ?? 0)],
    ['Events rejected', number(totals.rejected ?? 0)],
    ['Requests', number(totals.requests ?? 0)],
    ['Requests limited (429)', number(totals.rateLimited ?? 0)]
  ]
  const head = ['Queue', status.place].map(colours.bold)
  const isOpen = state.kind === 'open'
  const texts = [isOpen ? stateText(state) : colours.yellow(stateText(state)), ...risks.map(colours.yellow)]
  return [tableText(head, rows, [1]), ...texts].join('\n')
}

/** Dead letters as a table, the oldest first. */
export function deadText(letters: readonly DeadLetter[], colours: Colours, width: number): string {
  if (letters.length === 0) return 'There are no dead letters.'
  const head = ['Rejected', 'From', 'Subscription', 'Status', 'Reason'].map(colours.bold)
  const room = Math.max(width - 80, 30)
  const rows = letters.map(({ at, from, subscription, status, reason }) => [
    new Date(at).toISOString().slice(0, 19),
    fitted(plainText(from), 24),
    fitted(plainText(subscription), 20),
    String(status),
    fitted(plainText(reason), room)
  ])
  return tableText(head, rows, [3])
}

const number = (count: number): string => count.toLocaleString('en')
