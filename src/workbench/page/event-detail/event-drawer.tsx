import { ActionIcon, Drawer, Group, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconChevronDown, IconChevronUp } from '../parts/icons'
import { useEffect, useRef } from 'react'
import type { EventSummary } from '../../contract'
import { useEventDetail } from '../api/queries'
import type { Neighbours } from '../events/use-event-neighbours'
import { EventBadge } from '../parts/badges'
import { useIsOnTop } from '../parts/layers'
import { Loaded } from '../parts/view'
import { titleOf } from '../parts/words'
import styles from './event-detail.module.css'
import { EventSteps } from './event-steps'

interface EventDrawerProps {
  id: string | undefined
  /** The events that the list has loaded; the open one need not be among them. */
  events: EventSummary[]
  neighbours: Neighbours
  onClose: () => void
  onEdit: (text: string) => void
}

/** The open event, beside the list. Escape closes it and returns the focus to its row. */
export function EventDrawer({ id, events, neighbours, onClose, onEdit }: EventDrawerProps) {
  const isPhone = useMediaQuery('(max-width: 48em)')
  const isOnTop = useIsOnTop(id !== undefined)
  return (
    <Drawer.Root
      opened={id !== undefined}
      onClose={onClose}
      closeOnEscape={isOnTop}
      position="right"
      size={isPhone ? '100%' : 920}
      // The row may have been drawn anew in the meantime, so the list looks after the focus.
      returnFocus={false}
    >
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content className={styles.drawer} data-event-drawer>
        <Drawer.Header className={styles.head} role="presentation">
          <EventTitle id={id} summary={events.find((event) => event.id === id)} />
          <Group gap={4} wrap="nowrap">
            <NeighbourButtons {...neighbours} />
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

function EventTitle({ id, summary }: { id: string | undefined; summary: EventSummary | undefined }) {
  const detail = useEventDetail(id ?? '', id !== undefined && summary === undefined).data
  const shown = summary ?? detail?.summary
  const title = useReadWhenChanged(id)
  return (
    <Drawer.Title component="h2" className={styles.title} ref={title} tabIndex={-1}>
      {shown ? titleOf(shown) : 'Event'} {shown && <EventBadge event={shown} />}
    </Drawer.Title>
  )
}

/** Moves the focus to the title when another event is opened from within the drawer and nothing else has the focus. */
function useReadWhenChanged(id: string | undefined) {
  const title = useRef<HTMLHeadingElement>(null)
  const before = useRef(id)
  useEffect(() => {
    const isOther = id !== undefined && before.current !== undefined && before.current !== id
    before.current = id
    const isOnButton = document.activeElement?.closest('button') && document.contains(document.activeElement)
    if (isOther && !isOnButton) title.current?.focus()
  }, [id])
  return title
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
function NeighbourButtons({ newer, older, go }: Neighbours) {
  const step = (label: string, id: string | null, Icon: typeof IconChevronUp) => (
    <Tooltip label={label} withArrow>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        // A button that is disabled loses the focus of the keyboard.
        aria-disabled={id === null}
        data-disabled={id === null || undefined}
        onClick={() => go(id)}
      >
        <Icon size={18} />
      </ActionIcon>
    </Tooltip>
  )
  return (
    <>
      {step('Newer event', newer, IconChevronUp)}
      {step('Older event', older, IconChevronDown)}
    </>
  )
}
