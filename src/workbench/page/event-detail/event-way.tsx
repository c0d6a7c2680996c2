import { Group, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { EventDetail } from '../../contract'
import { JsonView } from '../parts/json-view'
import { Time } from '../parts/time'
import { DeliveryStep } from './delivery-step'
import { EventActions } from './event-actions'
import { EventFacts } from './event-facts'
import { NotTaken } from './not-taken'
import { Step } from './step'

interface EventWayProps {
  detail: EventDetail
  onEdit: (text: string) => void
}

/** The way of an event from its arrival to what Kameleoon made of it. */
export function EventWay({ detail: { summary, event, deliveries }, onEdit }: EventWayProps) {
  const taken = deliveries.filter(({ matched }) => matched)
  return (
    <Stack gap="sm">
      <EventFacts summary={summary} deliveries={deliveries} />
      <EventActions summary={summary} event={event} onEdit={onEdit} />
      <div>
        <Step
          tone="quiet"
          icon={<IconDownload size={14} />}
          title={
            <Group gap="xs">
              Received <Time at={summary.receivedAt} c="dimmed" />
            </Group>
          }
        >
          <JsonView value={event} what="the received event" height={taken.length > 0 ? 'short' : undefined} />
        </Step>
        {taken.map((delivery) => (
          <DeliveryStep key={delivery.subscriptionId} delivery={delivery} />
        ))}
        <NotTaken deliveries={deliveries} startsClosed={taken.length > 0} />
        {deliveries.length === 0 && (
          <Text size="sm" c="dimmed">
            {summary.status === 'waiting' ? 'The mappings have not seen it yet.' : 'There is no mapping.'}
          </Text>
        )}
      </div>
    </Stack>
  )
}
