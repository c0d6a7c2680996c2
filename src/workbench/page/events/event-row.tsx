import { type KeyboardEvent, memo } from 'react'
import { Link } from 'wouter'
import type { EventSummary } from '../../contract'
import { StatusBadge } from '../parts/badges'
import { eventPlace } from '../parts/places'
import { titleOf, shortTime } from '../parts/words'
import styles from './events.module.css'

interface EventRowProps {
  event: EventSummary
  q: string
  isOpen: boolean
  isTabStop: boolean
  onFocus: (id: string) => void
}

function onKeyDown(event: KeyboardEvent<HTMLAnchorElement>): void {
  if (moveFocus(event.currentTarget, event.key)) event.preventDefault()
}

/** A row of the list. A click anywhere on it opens the event. */
export const EventRow = memo(function EventRow({ event, q, isOpen, isTabStop, onFocus }: EventRowProps) {
  return (
    <tr
      className={styles.row}
      data-open={isOpen || undefined}
      data-discarded={event.discarded > 0 || undefined}
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
          href={eventPlace(event.id, q)}
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
        {event.discarded > 0 && <span className={styles.discarded}>Kameleoon discarded {event.discarded}. </span>}
        {event.reason ?? (event.attempts > 1 && `After ${event.attempts} attempts`)}
      </td>
    </tr>
  )
})

const LINKS = 'tbody a'

/** Moves the focus to another row for the arrow keys, Home and End. Returns false for any other key. */
function moveFocus(link: HTMLAnchorElement, key: string): boolean {
  const links = [...(link.closest('table')?.querySelectorAll<HTMLAnchorElement>(LINKS) ?? [])]
  const there = targetOf(key, links.indexOf(link), links.length - 1)
  if (there === null) return false
  links[there].focus()
  return true
}

function targetOf(key: string, here: number, last: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(here + 1, last)
    case 'ArrowUp':
      return Math.max(here - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}
