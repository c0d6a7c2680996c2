import { Button, Checkbox, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { request } from '../api/request'
import { Confirm } from '../parts/confirm'

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
        <Text size="sm">The list of events is emptied. Mappings and settings stay.</Text>
        {isEmulator && (
          <Checkbox
            label="Also empty Kameleoon"
            description="The emulator then forgets every visitor, conversion and stored map."
            checked={alsoKameleoon}
            onChange={(event) => setAlsoKameleoon(event.currentTarget.checked)}
          />
        )}
      </Confirm>
    </>
  )
}
