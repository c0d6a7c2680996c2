import { Button, Group, Text } from '@mantine/core'
import { useCallback, useState } from 'react'
import type { EventList } from '../api/event-list'
import { useOlderEvents } from '../api/queries'
import { Failure } from '../parts/view'
import { EventRow } from './event-row'
import styles from './events.module.css'

interface EventsTableProps {
  list: EventList
  q: string
  openId: string | undefined
}

/** The whole table is one Tab stop. Arrow keys, Home and End move between rows, Enter opens an event. */
export function EventsTable({ list: { events, total }, q, openId }: EventsTableProps) {
  const [lastFocused, setLastFocused] = useState<string | null>(null)
  const older = useOlderEvents(q)
  const onFocus = useCallback((id: string) => setLastFocused(id), [])
  const tabStop = events.some(({ id }) => id === lastFocused) ? lastFocused : events[0].id

  return (
    <>
      <table className={styles.table} aria-label="Events, newest first">
        <thead>
          <tr>
            <th scope="col" style={{ width: 60 }}>
              No.
            </th>
            <th scope="col" style={{ width: 92 }}>
              Received
            </th>
            <th scope="col" style={{ width: 80 }}>
              Type
            </th>
            <th scope="col">Name</th>
            <th scope="col" style={{ width: 160 }}>
              Visitor
            </th>
            <th scope="col" style={{ width: 124 }}>
              Outcome
            </th>
            <th scope="col" data-wide>
              Note
            </th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <EventRow
              key={event.id}
              event={event}
              q={q}
              isOpen={event.id === openId}
              isTabStop={event.id === tabStop}
              onFocus={onFocus}
            />
          ))}
        </tbody>
      </table>
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {events.length.toLocaleString('en')} of {total.toLocaleString('en')} shown
        </Text>
        {events.length < total && (
          <Button
            variant="default"
            size="xs"
            loading={older.isPending}
            onClick={() => older.mutate(events[events.length - 1].number)}
          >
            Load older
          </Button>
        )}
      </Group>
      <Failure error={older.error} title="Could not load older events" />
    </>
  )
}
