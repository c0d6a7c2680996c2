import { Paper, Title } from '@mantine/core'
import type { Action, Field, Problem } from '../../contract'
import type { MappingDraft } from './drafts'
import { FieldEditor } from './fields/field-editor'
import { isShown } from './fields/shown-field'
import { problemOf } from './use-problems'

interface MappingFieldsProps {
  draft: MappingDraft
  actions: Action[]
  problems: Problem[]
  onChange: (part: Partial<MappingDraft>) => void
}

/** The fields of the chosen action, drawn from the definition. */
export function MappingFields({ draft, actions, problems, onChange }: MappingFieldsProps) {
  const fields = actions.find(({ key }) => key === draft.partnerAction)?.fields ?? []
  const shown = fields.filter((field) => isShown(field, draft.mapping))
  const hidden = shown.filter((field) => field.hidden)
  const draw = (field: Field) => (
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
      <Title order={2}>What Kameleoon is told</Title>
      {shown.filter((field) => !field.hidden).map(draw)}
      {hidden.length > 0 && (
        <details>
          <summary>Fields that Segment hides</summary>
          {hidden.map(draw)}
        </details>
      )}
    </Paper>
  )
}

/** A field without a value is not in the mapping at all, as in one that Segment saves. */
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
