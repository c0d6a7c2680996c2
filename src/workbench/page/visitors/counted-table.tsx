import { Anchor, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { CheckedEvent } from '../../contract'
import { Time } from '../parts/time'
import { CheckBadge } from './check-badge'
import styles from './visitors.module.css'

/** Each visit event with its state, as it was sent and as Kameleoon has it. */
export function CountedTable({ events }: { events: CheckedEvent[] }) {
  return (
    <table className={styles.table} aria-label="Sent to Kameleoon, and found there">
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Event</th>
          <th scope="col">Sent, found</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event, index) => (
          <tr key={index}>
            <td>
              <CheckBadge state={event.state} />
            </td>
            <td>
              <What event={event} />
            </td>
            <td>
              <Times event={event} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function What({ event: { eventType, what, reason, differences, sent, found, source } }: { event: CheckedEvent }) {
  return (
    <>
      <Text span className={styles.mono}>
        {eventType}
      </Text>{' '}
      {what}
      {source && (
        <Text size="xs" c="dimmed">
          from{' '}
          <Anchor component={Link} href={`/events/${source.id}`} inherit underline="always">
            {source.name}
          </Anchor>
        </Text>
      )}
      {reason !== null && <Text size="xs">{reason}</Text>}
      {differences.map((field) => (
        <Text key={field} size="xs" className={styles.negative}>
          {field}: sent {JSON.stringify(sent?.[field])}, kept {JSON.stringify(found?.[field]) ?? 'nothing'}
        </Text>
      ))}
    </>
  )
}

function Times({ event: { sentAt, foundAt } }: { event: CheckedEvent }) {
  return (
    <>
      {sentAt !== null && (
        <div>
          sent <Time at={sentAt} />
        </div>
      )}
      {foundAt !== null && (
        <div>
          found <Time at={foundAt} />
        </div>
      )}
    </>
  )
}
