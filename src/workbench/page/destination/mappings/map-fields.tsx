import { Text, Title } from '@mantine/core'
import type { Action, Field, Problem } from '../../../contract'
import { problemOf } from '../../api/request'
import styles from '../destination.module.css'
import { FieldEditor } from '../fields/field-editor'
import type { MappingDraft } from './drafts'
import { fieldParts, isChanged } from './field-parts'

interface MapFieldsProps {
  draft: MappingDraft
  actions: Action[]
  problems: Problem[]
  warnings: Problem[]
  /** Must stay the same function, so that only the changed field is drawn anew. */
  onChange: (key: string, value: unknown, text?: string) => void
}

/** The second step: the fields of the action, those that matter most first. */
export function MapFields({ draft, actions, problems, warnings, onChange }: MapFieldsProps) {
  const fields = actions.find(({ key }) => key === draft.partnerAction)?.fields ?? []
  const { content, visitor, details } = fieldParts(fields, draft.mapping)
  const fieldEditor = (field: Field) => (
    <FieldEditor
      key={`${draft.partnerAction} ${field.key}`}
      field={field}
      action={draft.partnerAction}
      value={draft.mapping[field.key]}
      text={draft.texts[field.key]}
      problem={problemOf(problems, `mapping.${field.key}`)}
      warning={problemOf(warnings, `mapping.${field.key}`)}
      onChange={onChange}
    />
  )
  const hasProblem = details.some(({ key }) => problems.some(({ field }) => field === `mapping.${key}`))
  return (
    <>
      {content.map(fieldEditor)}
      <Title order={3} className={styles.part}>
        Whose event it is
      </Title>
      {visitor.map(fieldEditor)}
      <Details changed={details.filter((field) => isChanged(field, draft.mapping)).length} hasProblem={hasProblem}>
        {details.map(fieldEditor)}
      </Details>
    </>
  )
}

interface DetailsProps {
  changed: number
  /** A problem inside is shown at once. */
  hasProblem: boolean
  children: React.ReactNode
}

/** Fields that are folded away. */
function Details({ changed, hasProblem, children }: DetailsProps) {
  // Without a problem the browser alone knows whether it is open.
  return (
    <details className={styles.details} open={hasProblem || undefined}>
      <summary>
        Details that seldom change{' '}
        <Text span size="xs" c="dimmed">
          {changed === 0 ? 'none changed' : `${changed} changed`}
        </Text>
      </summary>
      {children}
    </details>
  )
}

/** A field without a value is removed from the mapping, as Segment does. */
export function withField(
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
