import { Button, Group, Select, Stack } from '@mantine/core'
import { IconPencil } from '../../parts/icons'
import type { Problem, SeenEvents } from '../../../contract'
import { JsonField } from '../../parts/json-field'
import { Failure } from '../../parts/view'
import type { MappingDraft } from './drafts'
import { EventPreview } from './event-preview'
import { useExample } from './example'
import { SendTest } from './send-test'

interface TestEventProps {
  id: string
  draft: MappingDraft
  problems: Problem[]
  seen: SeenEvents | undefined
}

/** The third step: what an event would cause, and sending it through this mapping, saved or not. */
export function TestEvent({ id, draft, problems, seen }: TestEventProps) {
  const example = useExample(seen, !problems.some(({ field }) => field === 'subscribe'))
  const { event, text, edit } = example
  return (
    <Stack gap="xs">
      <Group gap={6} align="flex-end" wrap="nowrap">
        <Select
          flex={1}
          miw={0}
          label="Event"
          searchable
          allowDeselect={false}
          data={example.choices}
          value={example.key}
          onChange={example.choose}
        />
        <Button
          variant="default"
          leftSection={<IconPencil size={14} />}
          onClick={() => edit(text === null ? JSON.stringify(event ?? {}, null, 2) : null)}
        >
          {text === null ? 'Edit' : 'Do not edit'}
        </Button>
      </Group>
      {text !== null && (
        <JsonField
          label="Edited event"
          value={text}
          problem={example.problem}
          minRows={6}
          maxRows={16}
          onChange={edit}
        />
      )}
      <Failure error={example.error} title="The event could not be loaded" />
      <SendTest id={id} draft={draft} event={event} isValid={problems.length === 0 && draft.name.trim() !== ''} />
      <EventPreview draft={draft} event={event} />
    </Stack>
  )
}
