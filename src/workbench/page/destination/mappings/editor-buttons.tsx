import { Button, Group, Text } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconCopy, IconDeviceFloppy } from '../../parts/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import type { Problem, Subscription } from '../../../contract'
import { keys } from '../../api/queries'
import { request } from '../../api/request'
import { forgetUnsaved } from '../../parts/unsaved'
import { Failure } from '../../parts/view'
import styles from '../destination.module.css'
import { isNew, type MappingDraft, savedForm, startDraft } from './drafts'
import type { Problems } from './problems'
import { RemoveMapping } from './remove-mappings'

interface EditorButtonsProps {
  id: string
  draft: MappingDraft
  isChanged: boolean
  problems: Problems
  /** Called when the draft is saved or its mapping is removed. */
  onGone: () => void
  onDiscard: () => void
}

export function EditorButtons({ id, draft, isChanged, problems, onGone, onDiscard }: EditorButtonsProps) {
  const [, navigate] = useLocation()
  const client = useQueryClient()
  const leaveTo = (place: string) => {
    forgetUnsaved()
    onGone()
    navigate(place, { replace: true })
  }
  const save = useMutation({
    mutationFn: () =>
      isNew(id)
        ? request<Subscription>('POST', 'subscriptions', savedForm(draft))
        : request<Subscription>('PUT', `subscriptions/${encodeURIComponent(id)}`, savedForm(draft)),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: keys.subscriptions })
      notifications.show({ message: `${saved.name} is saved.` })
      leaveTo(`/destination/mappings/${encodeURIComponent(saved.id)}`)
    }
  })
  const canSave = isChanged && problems.known.length === 0 && draft.name.trim() !== ''
  useHotkeys([['mod+S', () => canSave && !save.isPending && save.mutate()]], [])
  const discard = () => {
    save.reset()
    if (isNew(id)) leaveTo('/destination')
    else onDiscard()
  }
  const count = problems.known.length

  return (
    <div className={styles.buttons}>
      <Failure error={save.error} title="Not saved" />
      <Failure error={problems.error} title="The mapping could not be checked" />
      <Group gap="xs">
        <Button
          leftSection={<IconDeviceFloppy size={16} />}
          disabled={!canSave}
          title="Ctrl + S"
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          Save
        </Button>
        <Button variant="default" disabled={!isChanged} onClick={discard}>
          Discard changes
        </Button>
        <Button
          variant="default"
          leftSection={<IconCopy size={15} />}
          onClick={() =>
            navigate(`/destination/mappings/${startDraft({ ...savedForm(draft), name: `${draft.name} (copy)` })}`)
          }
        >
          Duplicate
        </Button>
        {!isNew(id) && <RemoveMapping id={id} name={draft.name} onRemoved={() => leaveTo('/destination')} />}
        {count > 0 && (
          <Text size="xs" c="var(--mantine-color-error)" role="status">
            {reasonNotToSave(problems.known)}
          </Text>
        )}
      </Group>
    </div>
  )
}

/** A short reason beside the Save button. Each problem is also shown at its field. */
function reasonNotToSave([first, ...others]: Problem[]): string {
  if (others.length > 0) return `Correct ${others.length + 1} problems to save.`
  return first.field === 'subscribe' ? 'Correct the filter to save.' : first.message
}
