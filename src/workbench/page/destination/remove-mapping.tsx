import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconTrash } from '@tabler/icons-react'
import { keys } from '../api/keys'
import { request } from '../api/request'
import { Confirm } from '../parts/confirm'

interface RemoveMappingProps {
  id: string
  name: string
  onRemoved: () => void
}

export function RemoveMapping({ id, name, onRemoved }: RemoveMappingProps) {
  const [opened, { open, close }] = useDisclosure()
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => request<void>('DELETE', `subscriptions/${encodeURIComponent(id)}`),
    onSuccess: () => {
      close()
      onRemoved()
      return client.invalidateQueries({ queryKey: keys.subscriptions })
    }
  })
  return (
    <>
      <Button variant="default" c="var(--mantine-color-error)" leftSection={<IconTrash size={15} />} onClick={open}>
        Remove
      </Button>
      <Confirm
        opened={opened}
        title={`Remove ${name}?`}
        doing="Remove"
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onCancel={close}
      >
        <Text size="sm">Events that only this mapping takes will then be filtered.</Text>
      </Confirm>
    </>
  )
}
