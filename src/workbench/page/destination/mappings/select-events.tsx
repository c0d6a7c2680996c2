import { Group, Select, Stack, Switch, TextInput } from '@mantine/core'
import type { Destination, Problem, SeenEvents } from '../../../contract'
import { problemOf } from '../../api/request'
import { FilterEditor } from '../filter/filter-editor'
import { type MappingDraft, mappingFor } from './drafts'

interface SelectEventsProps {
  draft: MappingDraft
  destination: Destination
  problems: Problem[]
  seen: SeenEvents | undefined
  onChange: (part: Partial<MappingDraft>) => void
}

/** The first step: name, action and filter of a mapping. */
export function SelectEvents({ draft, destination, problems, seen, onChange }: SelectEventsProps) {
  const { actions, presets } = destination
  const action = actions.find(({ key }) => key === draft.partnerAction)
  const chooseAction = (key: string | null) => {
    const chosen = actions.find((offered) => offered.key === key)
    if (chosen) onChange({ partnerAction: chosen.key, mapping: mappingFor(chosen, draft.mapping), texts: {} })
  }
  return (
    <Stack gap="xs">
      <Group gap="sm" align="flex-start" grow>
        <TextInput
          label="Name"
          required
          maxLength={200}
          value={draft.name}
          error={draft.name.trim() === '' ? 'A mapping needs a name.' : problemOf(problems, 'name')}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <Select
          label="Action"
          required
          allowDeselect={false}
          data={actions.map(({ key, title }) => ({ value: key, label: title }))}
          value={draft.partnerAction}
          error={problemOf(problems, 'partnerAction')}
          onChange={chooseAction}
        />
      </Group>
      <Switch
        label="Enabled"
        description="A disabled mapping takes no events. Test events go through it nevertheless."
        checked={draft.enabled}
        onChange={(event) => onChange({ enabled: event.currentTarget.checked })}
      />
      {action && (
        <FilterEditor
          action={action}
          presets={presets}
          text={draft.subscribe}
          problem={problemOf(problems, 'subscribe')}
          seen={seen}
          onChange={(subscribe) => onChange({ subscribe })}
        />
      )}
    </Stack>
  )
}
