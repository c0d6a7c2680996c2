import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { IconChevronDown, IconPencil, IconSend } from '@tabler/icons-react'
import { useSamples } from '../api/reading'
import { request } from '../api/request'
import { wordsOf } from '../api/request-error'

interface SendMenuProps {
  isReal: boolean
  onWrite: () => void
}

export function SendMenu({ isReal, onWrite }: SendMenuProps) {
  const samples = useSamples()
  const send = useMutation({
    mutationFn: (id: string) => request<{ ids: string[] }>('POST', `samples/${encodeURIComponent(id)}`),
    onError: (error) =>
      notifications.show({ color: 'red', title: 'Could not send the sample', message: wordsOf(error) })
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
            ? `No samples: ${wordsOf(samples.error)}`
            : isReal
              ? 'Samples, to the REAL Kameleoon'
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
