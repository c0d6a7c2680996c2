import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { decide, useLeaving } from '../parts/unsaved'

/** Asks whether to keep or discard unsaved changes before the user leaves a view. */
export function GuardedLeaving() {
  const { unsaved, wanted } = useLeaving()
  return (
    <Modal
      opened={wanted !== null}
      onClose={() => decide('stay')}
      title="Changes are not saved"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="sm">
        <Text size="sm">
          You have changed {unsaved?.what}. A draft is kept until you close this tab, but it has no effect until you
          save it.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => decide('discard')}>
            Discard changes
          </Button>
          <Button variant="default" onClick={() => decide('keep the draft')}>
            Leave, keep the draft
          </Button>
          <Button onClick={() => decide('stay')} data-autofocus>
            Stay
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
