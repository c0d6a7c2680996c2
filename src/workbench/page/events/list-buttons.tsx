import { Button, Checkbox, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlayerPause, IconPlayerPlay, IconTrash } from '../parts/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { setPause, usePause } from '../api/live'
import { keys } from '../api/queries'
import { request } from '../api/request'
import { Confirm } from '../parts/confirm'

/** Stops updating the list. Events that arrive while it is paused are counted. */
export function PauseButton({ received }: { received: number }) {
  const client = useQueryClient()
  const receivedBefore = usePause()
  const isPaused = receivedBefore !== null
  const toggle = () => {
    setPause(isPaused ? null : received)
    if (isPaused) void client.invalidateQueries({ queryKey: keys.eventLists })
  }
  return (
    <Button
      variant={isPaused ? 'filled' : 'default'}
      leftSection={isPaused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
      onClick={toggle}
    >
      {isPaused ? `Resume (${Math.max(0, received - receivedBefore).toLocaleString('en')} new)` : 'Pause'}
    </Button>
  )
}

export function ClearButton({ isEmulator }: { isEmulator: boolean }) {
  const [opened, { open, close }] = useDisclosure()
  const [alsoKameleoon, setAlsoKameleoon] = useState(false)
  const clear = useMutation({
    mutationFn: () => request<void>('DELETE', alsoKameleoon && isEmulator ? 'events?kameleoon=true' : 'events'),
    onSuccess: close
  })

  return (
    <>
      <Button variant="default" leftSection={<IconTrash size={16} />} onClick={open}>
        Clear
      </Button>
      <Confirm
        opened={opened}
        title="Clear all events?"
        doing="Clear"
        danger
        busy={clear.isPending}
        error={clear.error}
        onConfirm={() => clear.mutate()}
        onCancel={close}
      >
        <Text size="sm">All events are removed from the list. Mappings and settings are kept.</Text>
        {isEmulator && (
          <Checkbox
            label="Also clear the emulator"
            description="Deletes every visitor, conversion and stored map in the emulator."
            checked={alsoKameleoon}
            onChange={(event) => setAlsoKameleoon(event.currentTarget.checked)}
          />
        )}
      </Confirm>
    </>
  )
}
