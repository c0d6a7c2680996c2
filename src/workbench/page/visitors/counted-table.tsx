import { Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { CheckedEvent } from '../../contract'
import { Time } from '../parts/time'
import { CheckBadge } from './check-badge'
import { Source } from './sections'
import styles from './visitors.module.css'

/** Each visit event with its state, as it was sent and as Kameleoon has it. */
export function CountedTable({ events }: { events: CheckedEvent[] }) {
  // On a phone, the times stand below the state, so that the event has room.
  const isNarrow = useMediaQuery('(max-width: 40em)') ?? false
  return (
    <table className={styles.table} aria-label="Sent to Kameleoon, and found there">
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Event</th>
          {!isNarrow && <th scope="col">Sent, found</th>}
        </tr>
      </thead>
      <tbody>
        {events.map((event, index) => (
          <tr key={index}>
            <td>
              <CheckBadge state={event.state} />
              {isNarrow && <Times event={event} />}
            </td>
            <td>
              <What event={event} />
            </td>
            {!isNarrow && (
              <td>
                <Times event={event} />
              </td>
            )}
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
      <Source source={source} />
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
