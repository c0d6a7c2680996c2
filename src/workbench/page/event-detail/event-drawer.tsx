import { ActionIcon, Drawer, Group, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconChevronDown, IconChevronUp } from '../parts/icons'
import { useLocation } from 'wouter'
import type { EventSummary } from '../../contract'
import { useEventDetail } from '../api/queries'
import { StatusBadge } from '../parts/badges'
import { Loaded } from '../parts/view'
import { titleOf } from '../parts/words'
import styles from './event-detail.module.css'
import { EventSteps } from './event-steps'

interface EventDrawerProps {
  id: string | undefined
  /** The events of the list, for the buttons to the newer and the older event. */
  events: EventSummary[]
  onEdit: (text: string) => void
}

/** The open event, beside the list. Escape closes it and returns the focus to its row. */
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
      {(detail) => <EventSteps detail={detail} onEdit={onEdit} />}
    </Loaded>
  )
}

/** Buttons to the next newer and next older event of the list. */
function Neighbours({ id, events }: { id: string; events: EventSummary[] }) {
  const [, navigate] = useLocation()
  const here = events.findIndex((event) => event.id === id)
  const step = (label: string, event: EventSummary | undefined, Icon: typeof IconChevronUp) => (
    <Tooltip label={label} withArrow>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        disabled={!event}
        onClick={() => event && navigate(`/events/${event.id}`, { replace: true })}
      >
        <Icon size={18} />
      </ActionIcon>
    </Tooltip>
  )
  if (here < 0) return null
  return (
    <>
      {step('Newer event', events[here - 1], IconChevronUp)}
      {step('Older event', events[here + 1], IconChevronDown)}
    </>
  )
}
