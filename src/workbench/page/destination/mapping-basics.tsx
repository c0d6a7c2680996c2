import { Paper, Select, Stack, Switch, Textarea, TextInput, Title } from '@mantine/core'
import type { Action, Problem } from '../../contract'
import type { MappingDraft } from './drafts'
import { mappingFor } from './mapping-for'
import { problemOf } from './use-problems'

interface MappingBasicsProps {
  draft: MappingDraft
  actions: Action[]
  problems: Problem[]
  onChange: (part: Partial<MappingDraft>) => void
}

/** What a mapping is called, which events it takes and where they go. */
export function MappingBasics({ draft, actions, problems, onChange }: MappingBasicsProps) {
  const action = actions.find(({ key }) => key === draft.partnerAction)
  const chooseAction = (key: string | null) => {
    const chosen = actions.find((offered) => offered.key === key)
    if (chosen) onChange({ partnerAction: chosen.key, mapping: mappingFor(chosen, draft.mapping), texts: {} })
  }
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Title order={2}>Which events, and where to</Title>
        <Switch
          label="Enabled"
          checked={draft.enabled}
          onChange={(event) => onChange({ enabled: event.currentTarget.checked })}
        />
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
          description={action?.description}
          required
          allowDeselect={false}
          data={actions.map(({ key, title }) => ({ value: key, label: title }))}
          value={draft.partnerAction}
          error={problemOf(problems, 'partnerAction')}
          onChange={chooseAction}
        />
        <Textarea
          label="Filter"
          description={
            'In Segment’s language, for example: type = "track" and event = "Order Completed", properties.total > 100, contains(context.page.path, "shop")'
          }
          required
          autosize
          minRows={1}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={draft.subscribe}
          error={problemOf(problems, 'subscribe')}
          onChange={(event) => onChange({ subscribe: event.currentTarget.value })}
        />
      </Stack>
    </Paper>
  )
}
