import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Subscription } from '../../contract'
import { keys } from '../api/keys'
import { request } from '../api/request'
import { Confirm } from '../parts/confirm'

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
