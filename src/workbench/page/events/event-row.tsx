import { memo, useEffect, useRef } from 'react'
import { Link } from 'wouter'
import type { EventSummary } from '../../contract'
import { EventBadge } from '../parts/badges'
import { eventPlace } from '../parts/places'
import { fullTime, shortTime, titleOf } from '../parts/words'
import styles from './events.module.css'
import { RowResult } from './row-result'

interface EventRowProps {
  event: EventSummary
  q: string
  /** Position in the list, from 0. */
  index: number
  isOpen: boolean
  isTabStop: boolean
  /** Takes the focus as soon as it is drawn. */
  takesFocus: boolean
  onFocus: (id: string) => void
  measure: (row: HTMLTableRowElement | null) => void
}

/** A row of the list. A click anywhere on it opens the event. */
export const EventRow = memo(function EventRow(props: EventRowProps) {
  const { event, q, index, isOpen, isTabStop, takesFocus, onFocus, measure } = props
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (takesFocus) link.current?.focus({ preventScroll: true })
  }, [takesFocus])

  return (
    <tr
      ref={measure}
      data-index={index}
      // The row of the column headers is the first.
      aria-rowindex={index + 2}
      className={styles.row}
      data-open={isOpen || undefined}
      data-loss={event.status === 'rejected' || event.discarded > 0 || undefined}
      onClick={({ target }) => {
        if (target instanceof Element && !target.closest('a')) link.current?.click()
      }}
    >
      <td data-cell="number" className={styles.number}>
        {event.number}
      </td>
      <td data-cell="time" className={styles.time}>
        <time dateTime={event.receivedAt}>{shortTime(event.receivedAt)}</time>
        <span className={styles.fullTime}>{fullTime(event.receivedAt)}</span>
      </td>
      <td data-cell="type" className={styles.type}>
        {event.type}
      </td>
      <td data-cell="name" dir="auto">
        <Link ref={link} href={eventPlace(event.id, q)} tabIndex={isTabStop ? 0 : -1} onFocus={() => onFocus(event.id)}>
          {titleOf(event)}
        </Link>
      </td>
      <td data-cell="visitor" className={styles.visitor} title={event.visitorCode ?? undefined}>
        {event.visitorCode ?? <span className={styles.empty}>none</span>}
      </td>
      <td data-cell="status">
        <EventBadge event={event} />
      </td>
      <td data-cell="result" className={styles.what} title={event.reason ?? undefined}>
        <RowResult event={event} />
      </td>
    </tr>
  )
})
