import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconSend } from '@tabler/icons-react'
import { useLocation } from 'wouter'
import { request } from '../api/request'
import { Failure } from '../parts/failure'
import { JsonField } from '../parts/json-field'
import { FIRST_EVENT } from './first-event'
import { eventsIn } from './written-events'

interface SendDialogProps {
  isReal: boolean
  opened: boolean
  text: string | null
  onText: (text: string | null) => void
  onClose: () => void
}

/** An editor for one event, or a list of them. */
export function SendDialog({ isReal, opened, text, onText, onClose }: SendDialogProps) {
  const [, navigate] = useLocation()
  const written = text ?? FIRST_EVENT
  const { events, problem } = eventsIn(written)
  const send = useMutation({
    mutationFn: () => request<{ ids: string[] }>('POST', 'events', { events }),
    onSuccess: ({ ids }) => {
      onClose()
      if (ids.length === 1) navigate(`/events/${ids[0]}`)
    }
  })

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Send an event"
      size="xl"
      closeButtonProps={{ 'aria-label': 'Close' }}
      fullScreen={window.innerWidth < 600}
    >
      <Stack gap="sm">
        <JsonField
          label="Event"
          description="One Segment call as JSON, or an array of them. A messageId and a timestamp are filled in if they are missing."
          value={written}
          onChange={onText}
          problem={problem}
          minRows={12}
          focusFirst
        />
        <Failure error={send.error} title="Not sent" />
        <Group justify="space-between" gap="xs">
          <Button variant="subtle" onClick={() => onText(null)}>
            Start over
          </Button>
          <Group gap="xs">
            <Text size="xs" c="dimmed">
              Goes through every enabled mapping{isReal && ', to the REAL Kameleoon'}.
            </Text>
            <Button
              leftSection={<IconSend size={16} />}
              disabled={!events}
              loading={send.isPending}
              onClick={() => send.mutate()}
            >
              {events && events.length > 1 ? `Send ${events.length} events` : 'Send'}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  )
}
