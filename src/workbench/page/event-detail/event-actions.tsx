import { Button, Group, Stack, Text } from '@mantine/core'
import { IconPencil, IconRepeat } from '../parts/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import type { EventDetail, ReplayForecast } from '../../contract'
import { keys } from '../api/queries'
import { request } from '../api/request'
import { Failure } from '../parts/view'
import { replayInWords } from '../runs/replay-words'

interface EventActionsProps extends Pick<EventDetail, 'summary' | 'event'> {
  onEdit: (text: string) => void
}

export function EventActions({ summary, event, onEdit }: EventActionsProps) {
  const [, navigate] = useLocation()
  const forecast = useQuery({
    queryKey: keys.eventReplayForecast(summary.id),
    queryFn: () => request<ReplayForecast>('GET', `events/${encodeURIComponent(summary.id)}/replay`)
  })
  const replay = useMutation({
    mutationFn: () => request<{ ids: string[] }>('POST', `events/${encodeURIComponent(summary.id)}/replay`),
    onSuccess: ({ ids }) => ids.length > 0 && navigate(`/events/${ids[0]}`)
  })

  return (
    <Stack gap={6}>
      <Group gap="xs">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPencil size={15} />}
          onClick={() => onEdit(JSON.stringify(editable(event), null, 2))}
        >
          Edit and send again
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconRepeat size={15} />}
          loading={replay.isPending}
          disabled={forecast.data?.impossible != null}
          aria-describedby="replay-meaning"
          onClick={() => replay.mutate()}
        >
          Replay exactly
        </Button>
      </Group>
      <Text size="xs" c="dimmed" id="replay-meaning">
        {forecast.data ? replayInWords(forecast.data) : 'A replay keeps the message id.'} An edited event gets a new
        message id.
      </Text>
      <Failure error={replay.error} title="Not replayed" />
    </Stack>
  )
}

/** Fields that an edited event does not keep, because it is a new event. */
const NOT_KEPT = ['messageId', 'timestamp', 'receivedAt', 'sentAt', 'originalTimestamp']

/** The event without the fields that are added when it is received. */
function editable(event: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(event).filter(([key]) => !NOT_KEPT.includes(key)))
}
