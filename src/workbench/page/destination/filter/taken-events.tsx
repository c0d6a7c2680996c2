import { Anchor, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { SeenEvents } from '../../../contract'
import { StatusBadge } from '../../parts/badges'
import { Time } from '../../parts/time'
import { titleOf } from '../../parts/words'
import styles from './filter.module.css'

const count = (number: number): string => number.toLocaleString('en')

/** How many of the events seen the filter takes, and the latest of them. */
export function TakenEvents({ seen: { seen, checked, taken, events } }: { seen: SeenEvents }) {
  if (seen === 0) return <Hint>No event was seen yet. Send one, or try a sample in step 3.</Hint>
  const compared = checked < seen ? `the latest ${count(checked)} of ${count(seen)}` : count(seen)
  const words = `Takes ${count(taken)} of ${compared} events seen.`
  if (taken === 0) return <Hint>{words} That is fine if such events are still to come.</Hint>
  return (
    <details className={styles.taken}>
      <summary>
        <b role="status">{words}</b> <span className={styles.link}>Show them</span>
      </summary>
      <ul>
        {events.map((event) => (
          <li key={event.id}>
            <Anchor component={Link} href={`/events/${event.id}`} size="sm" underline="always">
              {event.number}. {titleOf(event)}
            </Anchor>{' '}
            <StatusBadge status={event.status} /> <Time at={event.receivedAt} c="dimmed" />
          </li>
        ))}
      </ul>
      {taken > events.length && (
        <Text size="xs" c="dimmed">
          The latest {events.length} are shown.
        </Text>
      )}
    </details>
  )
}

function Hint({ children }: { children: React.ReactNode }) {
  return (
    <Text size="sm" c="dimmed" role="status">
      {children}
    </Text>
  )
}
