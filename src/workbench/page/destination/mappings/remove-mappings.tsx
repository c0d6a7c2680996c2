import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconTrash } from '../../parts/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Subscription } from '../../../contract'
import { keys } from '../../api/queries'
import { request } from '../../api/request'
import { Confirm } from '../../parts/confirm'

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
        <Text size="sm">Events that match no other mapping will be filtered.</Text>
      </Confirm>
    </>
  )
}

export function ResetMappings() {
  const [opened, { open, close }] = useDisclosure()
  const client = useQueryClient()
  const reset = useMutation({
    mutationFn: () => request<Subscription[]>('POST', 'subscriptions/reset'),
    onSuccess: (presets) => {
      close()
      client.setQueryData(keys.subscriptions, presets)
    }
  })
  return (
    <>
      <Button variant="default" onClick={open}>
        Reset to presets
      </Button>
      <Confirm
        opened={opened}
        title="Reset to the presets?"
        doing="Reset"
        danger
        busy={reset.isPending}
        error={reset.error}
        onConfirm={() => reset.mutate()}
        onCancel={close}
      >
        <Text size="sm">All mappings are replaced by those that Segment creates when the destination is added.</Text>
      </Confirm>
    </>
  )
}
