import { Drawer, Group } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useLocation } from 'wouter'
import type { EventSummary } from '../../contract'
import { useEventDetail } from '../api/reading'
import { titleOf } from '../events/event-title'
import { StatusBadge } from '../events/status-badge'
import { Loaded } from '../parts/loaded'
import styles from './event-detail.module.css'
import { EventWay } from './event-way'
import { Neighbours } from './neighbours'

interface EventDrawerProps {
  id: string | undefined
  /** The list below, to step through it. */
  events: EventSummary[]
  onEdit: (text: string) => void
}

/** The event that is looked at, over the list; Escape closes and the focus returns to its row. */
export function EventDrawer({ id, events, onEdit }: EventDrawerProps) {
  const [, navigate] = useLocation()
  const isPhone = useMediaQuery('(max-width: 48em)')
  const summary = events.find((event) => event.id === id)

  return (
    <Drawer.Root
      opened={id !== undefined}
      onClose={() => navigate('/events')}
      position="right"
      size={isPhone ? '100%' : 920}
    >
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content className={styles.drawer}>
        <Drawer.Header className={styles.head} role="presentation">
          <Drawer.Title component="h2" className={styles.title}>
            {summary ? titleOf(summary) : 'Event'} {summary && <StatusBadge status={summary.status} />}
          </Drawer.Title>
          <Group gap={4} wrap="nowrap">
            {id !== undefined && <Neighbours id={id} events={events} />}
            <Drawer.CloseButton aria-label="Close the event" />
          </Group>
        </Drawer.Header>
        <Drawer.Body className={styles.body}>
          {id !== undefined && <OpenEvent key={id} id={id} onEdit={onEdit} />}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}

function OpenEvent({ id, onEdit }: { id: string; onEdit: (text: string) => void }) {
  const answer = useEventDetail(id)
  return (
    <Loaded answer={answer} what="the event">
      {(detail) => <EventWay detail={detail} onEdit={onEdit} />}
    </Loaded>
  )
}
