import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconUserX } from '../parts/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Deletion } from '../../contract'
import { keys, useWorkbenchState } from '../api/queries'
import { request } from '../api/request'
import { Failure } from '../parts/view'
import { DeletionResult } from './deletion-result'

interface DeleteUserProps {
  /** Filled in at first. */
  userId?: string
}

/** Deletes a user as Segment's delete event does, and shows what was emptied. */
export function DeleteUser({ userId }: DeleteUserProps) {
  const [opened, { open, close }] = useDisclosure()
  return (
    <>
      <Button variant="default" leftSection={<IconUserX size={16} />} onClick={open}>
        Delete a user
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title="Delete a user"
        size="lg"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <DeleteForm userId={userId} onClose={close} />
      </Modal>
    </>
  )
}

/** The dialog removes it when it closes, so each opening starts anew. */
function DeleteForm({ userId: first = '', onClose }: DeleteUserProps & { onClose: () => void }) {
  const { data: state } = useWorkbenchState()
  const [userId, setUserId] = useState(first)
  const [anonymousId, setAnonymousId] = useState('')
  const deletion = useDeletion({ userId: userId.trim(), anonymousId: anonymousId.trim() })
  const { data } = deletion
  const isDone = data?.failure === null
  return (
    <Stack gap="sm">
      <Text size="sm">
        Sends Segment&apos;s delete event to the destination. The visitor that is linked to these ids is forgotten, and
        everything stored about it is emptied
        {state?.target.kind === 'real' ? (
          <b> in the REAL Kameleoon, project {state.target.sitecode}</b>
        ) : (
          ' in the emulator'
        )}
        . This cannot be undone.
      </Text>
      <TextInput
        label="User id"
        value={userId}
        disabled={isDone}
        onChange={(event) => setUserId(event.currentTarget.value)}
      />
      <TextInput
        label="Anonymous id"
        value={anonymousId}
        disabled={isDone}
        onChange={(event) => setAnonymousId(event.currentTarget.value)}
      />
      <Failure error={deletion.error} title="Nothing was deleted" />
      {data && <DeletionResult deletion={data} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {isDone ? 'Close' : 'Cancel'}
        </Button>
        {!isDone && (
          <Button
            color="red"
            disabled={userId.trim() + anonymousId.trim() === ''}
            loading={deletion.isPending}
            onClick={() => deletion.mutate()}
          >
            {data ? 'Delete again' : 'Delete'}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

function useDeletion(ids: { userId: string; anonymousId: string }) {
  const client = useQueryClient()
  const given = Object.fromEntries(Object.entries(ids).filter(([, id]) => id !== ''))
  return useMutation({
    mutationFn: () => request<Deletion>('POST', 'deletions', given),
    onSuccess: () => {
      // What was shown of a visitor that is unknown now would stay otherwise.
      void client.resetQueries({ queryKey: keys.visitors })
      for (const queryKey of [keys.visitorLists, keys.visitorChecks]) void client.invalidateQueries({ queryKey })
    }
  })
}
