import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { decide, useLeaving } from '../parts/unsaved'

/** Asks what becomes of unsaved changes when the user is about to leave them. */
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
          You changed {unsaved?.what}. A kept draft waits until this tab is closed, but does nothing yet.
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
