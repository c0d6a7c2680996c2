import { memo, type KeyboardEvent } from 'react'
import { Link } from 'wouter'
import type { EventSummary } from '../../contract'
import { shortTime } from '../parts/time'
import { titleOf } from './event-title'
import styles from './events.module.css'
import { moveFocus } from './row-focus'
import { StatusBadge } from './status-badge'

interface EventRowProps {
  event: EventSummary
  isOpen: boolean
  isTabStop: boolean
  onFocus: (id: string) => void
}

function onKeyDown(event: KeyboardEvent<HTMLAnchorElement>): void {
  if (moveFocus(event.currentTarget, event.key)) event.preventDefault()
}

/** A click anywhere on the row follows the link in it. */
export const EventRow = memo(function EventRow({ event, isOpen, isTabStop, onFocus }: EventRowProps) {
  return (
    <tr
      className={styles.row}
      data-open={isOpen || undefined}
      data-thrown={event.discarded > 0 || undefined}
      onClick={({ currentTarget, target }) => {
        if (target instanceof Element && !target.closest('a')) currentTarget.querySelector('a')?.click()
      }}
    >
      <td data-cell="number" className={styles.number}>
        {event.number}
      </td>
      <td data-cell="time" className={styles.time} title={event.receivedAt}>
        {shortTime(event.receivedAt)}
      </td>
      <td data-cell="type" className={styles.type}>
        {event.type}
      </td>
      <td data-cell="name">
        <Link
          href={`/events/${event.id}`}
          tabIndex={isTabStop ? 0 : -1}
          onFocus={() => onFocus(event.id)}
          onKeyDown={onKeyDown}
          id={`event-${event.id}`}
        >
          {titleOf(event)}
        </Link>
      </td>
      <td data-cell="visitor" className={styles.visitor} title={event.visitorCode ?? undefined}>
        {event.visitorCode ?? <span className={styles.empty}>none</span>}
      </td>
      <td data-cell="status">
        <StatusBadge status={event.status} />
      </td>
      <td data-cell="reason" data-wide className={styles.reason} title={event.reason ?? undefined}>
        {event.discarded > 0 && <span className={styles.thrown}>Kameleoon threw {event.discarded} away. </span>}
        {event.reason ?? (event.attempts > 1 && `After ${event.attempts} attempts`)}
      </td>
    </tr>
  )
})
