import { Button, Group, Text } from '@mantine/core'
import { IconArrowUp } from '../parts/icons'
import type { EventList } from '../api/event-list'
import { useHeldAt } from '../api/held'
import { useNewEvents } from '../api/queries'
import styles from './events.module.css'

interface ListStatusProps {
  list: EventList
  q: string
  onShowNew: () => void
}

/** How many events there are, and how many came in while the user reads further down. */
export function ListStatus({ list: { events, total }, q, onShowNew }: ListStatusProps) {
  const count = useNewEvents(q, useHeldAt(q))
  return (
    <Group justify="space-between" gap="xs" className={styles.status} data-new={count > 0 || undefined}>
      <Text size="xs" c="dimmed">
        {events.length.toLocaleString('en')} of {total.toLocaleString('en')} shown
      </Text>
      <div role="status">
        {count > 0 && (
          <Button size="compact-sm" radius="xl" leftSection={<IconArrowUp size={14} />} onClick={onShowNew}>
            {count.toLocaleString('en')} new
          </Button>
        )}
      </div>
    </Group>
  )
}
