import { Paper, Select, Stack, Switch, Textarea, TextInput, Title } from '@mantine/core'
import type { Action, Field, Problem } from '../../../contract'
import { problemOf } from '../../api/request'
import { FieldEditor } from '../fields/field-editor'
import { isShown } from '../fields/field-form'
import { type MappingDraft, mappingFor } from './drafts'

interface MappingBasicsProps {
  draft: MappingDraft
  actions: Action[]
  problems: Problem[]
  onChange: (part: Partial<MappingDraft>) => void
}

/** Name, filter and action of a mapping. */
export function MappingBasics({ draft, actions, problems, onChange }: MappingBasicsProps) {
  const action = actions.find(({ key }) => key === draft.partnerAction)
  const chooseAction = (key: string | null) => {
    const chosen = actions.find((offered) => offered.key === key)
    if (chosen) onChange({ partnerAction: chosen.key, mapping: mappingFor(chosen, draft.mapping), texts: {} })
  }
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Title order={2}>Events and action</Title>
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
            'In Segment’s filter language, for example: type = "track" and event = "Order Completed", properties.total > 100, contains(context.page.path, "shop")'
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

interface MappingFieldsProps {
  draft: MappingDraft
  actions: Action[]
  problems: Problem[]
  onChange: (part: Partial<MappingDraft>) => void
}

/** The fields of the selected action, as the destination defines them. */
export function MappingFields({ draft, actions, problems, onChange }: MappingFieldsProps) {
  const fields = actions.find(({ key }) => key === draft.partnerAction)?.fields ?? []
  const shown = fields.filter((field) => isShown(field, draft.mapping))
  const hidden = shown.filter((field) => field.hidden)
  const fieldEditor = (field: Field) => (
    <FieldEditor
      key={`${draft.partnerAction} ${field.key}`}
      field={field}
      action={draft.partnerAction}
      mapping={draft.mapping}
      text={draft.texts[field.key]}
      problem={problemOf(problems, `mapping.${field.key}`)}
      onChange={(value, text) => onChange(withField(draft, field.key, value, text))}
    />
  )
  return (
    <Paper withBorder p="sm">
      <Title order={2}>Fields</Title>
      {shown.filter((field) => !field.hidden).map(fieldEditor)}
      {hidden.length > 0 && (
        <details>
          <summary>Fields that Segment hides</summary>
          {hidden.map(fieldEditor)}
        </details>
      )}
    </Paper>
  )
}

/** A field without a value is removed from the mapping, as Segment does. */
function withField(
  { mapping, texts }: MappingDraft,
  key: string,
  value: unknown,
  text?: string
): Partial<MappingDraft> {
  const { [key]: _value, ...otherValues } = mapping
  const { [key]: _text, ...otherTexts } = texts
  return {
    mapping: value === undefined ? otherValues : { ...mapping, [key]: value },
    texts: text === undefined ? otherTexts : { ...texts, [key]: text }
  }
}
