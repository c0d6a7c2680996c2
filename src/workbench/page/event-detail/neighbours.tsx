import { ActionIcon, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useLocation } from 'wouter'
import type { EventSummary } from '../../contract'

/** Steps to the event above or below in the list. */
export function Neighbours({ id, events }: { id: string; events: EventSummary[] }) {
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
