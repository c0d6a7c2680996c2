import { Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { CheckedEvent, VisitorDetail } from '../../contract'
import { resultInWords } from '../parts/result-in-words'
import { Time } from '../parts/time'
import { CheckBadge } from './check-badge'
import { Source } from './sections'
import styles from './visitors.module.css'

type Conversion = VisitorDetail['conversions'][number]

interface CountedTableProps {
  events: CheckedEvent[]
  /** What the emulator knows of the visitor's conversions: the names of their goals and their currencies. */
  conversions: Conversion[]
}

/** Each visit event with its state, as it was sent and as Kameleoon has it. */
export function CountedTable({ events, conversions }: CountedTableProps) {
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
              {inWords(event, conversions)}
              <Details event={event} />
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

/** "Conversion of Order Completed, 49.90 EUR". Where the name is not known, the goal's id stands in its place. */
function inWords({ eventType, what, sent, found, source }: CheckedEvent, conversions: Conversion[]): string {
  if (eventType === 'PAGE') return `Page view: ${what}`
  if (['CUSTOMDATA', 'EXPERIMENT', 'PERSONALIZATION'].includes(eventType))
    return `${what[0].toUpperCase()}${what.slice(1)}`
  if (eventType !== 'CONVERSION') return `${eventType} ${what}`
  const value = sent ?? found
  const ofGoal = conversions.filter(({ goalId }) => goalId === value?.goalId)
  const sameEvent = ofGoal.find((conversion) => source !== null && conversion.source?.id === source.id)
  return resultInWords({
    ...{ what: eventType, key: '', value },
    ...{ name: ofGoal[0]?.goalName, currency: sameEvent?.currency }
  })
}

function Details({ event: { reason, differences, sent, found, source } }: { event: CheckedEvent }) {
  return (
    <>
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
