import { Group, Select, Stack, Switch, TextInput } from '@mantine/core'
import { memo } from 'react'
import type { Destination, Problem, SeenEvents } from '../../../contract'
import { problemOf } from '../../api/request'
import { FilterEditor } from '../filter/filter-editor'
import type { MappingDraft } from './drafts'

interface SelectEventsProps {
  name: string
  enabled: boolean
  /** Key of the action. */
  action: string
  filter: string
  destination: Destination
  problems: Problem[]
  seen: SeenEvents | undefined
  onAction: (key: string) => void
  onChange: (part: Partial<MappingDraft>) => void
}

/** The first step: name, action and filter of a mapping. It is drawn anew only when one of these changes. */
export const SelectEvents = memo(function SelectEvents(props: SelectEventsProps) {
  const { name, enabled, filter, destination, problems, seen, onAction, onChange } = props
  const { actions, presets } = destination
  const action = actions.find(({ key }) => key === props.action)
  return (
    <Stack gap="xs">
      <Group gap="sm" align="flex-start" grow>
        <TextInput
          label="Name"
          required
          maxLength={200}
          value={name}
          error={name.trim() === '' ? 'A mapping needs a name.' : problemOf(problems, 'name')}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <Select
          label="Action"
          required
          allowDeselect={false}
          data={actions.map(({ key, title }) => ({ value: key, label: title }))}
          value={props.action}
          error={problemOf(problems, 'partnerAction')}
          onChange={(key) => key !== null && onAction(key)}
        />
      </Group>
      <Switch
        label="Enabled"
        description="A disabled mapping takes no events. Test events go through it nevertheless."
        checked={enabled}
        onChange={(event) => onChange({ enabled: event.currentTarget.checked })}
      />
      {action && (
        <FilterEditor
          action={action}
          presets={presets}
          text={filter}
          problem={problemOf(problems, 'subscribe')}
          seen={seen}
          onChange={(subscribe) => onChange({ subscribe })}
        />
      )}
    </Stack>
  )
})
