import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useIsOnTop } from './layers'
import { Failure } from './view'

interface ConfirmProps {
  opened: boolean
  title: string
  /** Label of the confirming button. */
  doing: string
  danger?: boolean
  busy?: boolean
  /** Whether there is nothing to confirm. */
  disabled?: boolean
  error?: unknown
  onConfirm: () => void
  onCancel: () => void
  children: ReactNode
}

/** Asks for confirmation before an action that cannot be undone. */
export function Confirm(props: ConfirmProps) {
  const { opened, title, doing, danger, busy, disabled, error, onConfirm, onCancel, children } = props
  const isOnTop = useIsOnTop(opened)
  return (
    <Modal
      opened={opened}
      onClose={onCancel}
      closeOnEscape={isOnTop}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="sm">
        {children}
        <Failure error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel} data-autofocus>
            Cancel
          </Button>
          <Button color={danger ? 'red' : undefined} loading={busy} disabled={disabled} onClick={onConfirm}>
            {doing}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
