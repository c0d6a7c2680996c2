import { Button, Group, Menu, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconChevronDown, IconPencil, IconSend } from '../parts/icons'
import { useMutation } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { useSamples } from '../api/queries'
import { request, messageOf } from '../api/request'
import { JsonField } from '../parts/json-field'
import { Failure } from '../parts/view'
import { eventsIn, FIRST_EVENT } from './written-events'

interface SendMenuProps {
  isReal: boolean
  onWrite: () => void
}

export function SendMenu({ isReal, onWrite }: SendMenuProps) {
  const samples = useSamples()
  const send = useMutation({
    mutationFn: (id: string) => request<{ ids: string[] }>('POST', `samples/${encodeURIComponent(id)}`),
    onError: (error) =>
      notifications.show({ color: 'red', title: 'Could not send the sample', message: messageOf(error) })
  })

  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button
          color={isReal ? 'red' : undefined}
          leftSection={<IconSend size={16} />}
          rightSection={<IconChevronDown size={14} />}
          loading={send.isPending}
        >
          Send
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={15} />} onClick={onWrite}>
          Send your own…
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>
          {samples.error
            ? `Could not load samples: ${messageOf(samples.error)}`
            : isReal
              ? 'Samples (sent to the REAL Kameleoon)'
              : 'Samples'}
        </Menu.Label>
        {samples.data?.map(({ id, label }) => (
          <Menu.Item key={id} onClick={() => send.mutate(id)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

interface SendDialogProps {
  isReal: boolean
  opened: boolean
  text: string | null
  onText: (text: string | null) => void
  onClose: () => void
}

/** An editor for one event, or an array of events. */
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
          description="One Segment call as JSON, or an array of them. A missing messageId or timestamp is added."
          value={written}
          onChange={onText}
          problem={problem}
          minRows={12}
          focusFirst
        />
        <Failure error={send.error} title="Not sent" />
        <Group justify="space-between" gap="xs">
          <Button variant="subtle" onClick={() => onText(null)}>
            Reset to the example
          </Button>
          <Group gap="xs">
            <Text size="xs" c="dimmed">
              Sent through every enabled mapping{isReal && ' to the REAL Kameleoon'}.
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
