import { Group, NativeSelect, Text } from '@mantine/core'
import { memo, useId } from 'react'
import type { Field } from '../../../contract'
import { jsonProblem } from '../../parts/json'
import { JsonField } from '../../parts/json-field'
import { converted, type FieldForm, FORM_LABELS, formOf, formsFor } from './field-form'
import styles from './fields.module.css'
import { KeysInput } from './keys-input'
import { FixedInput, ListInput, PathInput, PathsInput } from './value-inputs'

interface FieldEditorProps {
  field: Field
  action: string
  value: unknown
  /** The typed text of a field that is edited as JSON. */
  text: string | undefined
  problem: string | undefined
  /** Something that is probably not meant, but can be saved. */
  warning?: string
  onChange: (key: string, value: unknown, text?: string) => void
}

/** One field of a mapping: description, form and value. It is drawn anew only when it changes. */
export const FieldEditor = memo(function FieldEditor(props: FieldEditorProps) {
  const { field, action, value, text, problem, warning } = props
  const id = useId()
  const onChange = (next: unknown, written?: string) => props.onChange(field.key, next, written)
  const form = text === undefined ? formOf(value, field) : 'json'
  const choose = (chosen: FieldForm) => {
    const next = converted(chosen, value)
    onChange(next, chosen === 'json' ? (JSON.stringify(next, null, 2) ?? '') : undefined)
  }
  const write = (written: string) => {
    const isValid = written.trim() !== '' && jsonProblem(written) === null
    onChange(isValid ? JSON.parse(written) : undefined, written)
  }

  return (
    <fieldset className={styles.field} aria-describedby={`${id}-meaning`} data-bad={problem ? true : undefined}>
      <legend className={styles.legend}>
        {field.label}
        {field.required && (
          <Text span inherit c="var(--mantine-color-error)" title="required">
            {' '}
            *<span className={styles.unseen}> required</span>
          </Text>
        )}
      </legend>
      <Text size="xs" c="dimmed" id={`${id}-meaning`}>
        {field.description}
        {field.requiredWhen && ` ${field.requiredWhen}`}
      </Text>
      <Group gap={6} align="flex-start" wrap="wrap" mt={4}>
        <NativeSelect
          className={styles.form}
          aria-label={`How ${field.label} is filled in`}
          data={formsFor(field).map((offered) => ({ value: offered, label: FORM_LABELS[offered] }))}
          value={form}
          // Only the values of `data` can be chosen.
          onChange={(event) => choose(event.currentTarget.value as FieldForm)}
        />
        <div className={styles.value}>
          <FieldInput
            field={field}
            form={form}
            action={action}
            value={value}
            text={text ?? JSON.stringify(value, null, 2)}
            onValue={(next) => onChange(next)}
            onText={write}
          />
          {problem && (
            <Text size="xs" c="var(--mantine-color-error)" role="alert">
              {problem}
            </Text>
          )}
          {warning && !problem && (
            <Text size="xs" c="var(--tone-again)" role="status">
              {warning}
            </Text>
          )}
        </div>
      </Group>
    </fieldset>
  )
})

interface FieldInputProps {
  field: Field
  form: FieldForm
  action: string
  value: unknown
  text: string | undefined
  onValue: (value: unknown) => void
  onText: (text: string) => void
}

/** The input for the chosen form. */
function FieldInput({ field, form, text, onText, ...rest }: FieldInputProps) {
  const { value, onValue, action } = rest
  switch (form) {
    case 'path':
      return <PathInput label={`${field.label}: path in the event`} value={value} onValue={onValue} />
    case 'path-else':
      return <PathsInput label={field.label} value={value} onValue={onValue} />
    case 'fixed':
      return <FixedInput field={field} action={action} value={value} onValue={onValue} />
    case 'list':
      return <ListInput label={`${field.label}: values`} value={value} onValue={onValue} />
    case 'keys':
      return <KeysInput field={field} action={action} value={value} onValue={onValue} />
    case 'json':
      return (
        <JsonField label={null} hideLabel={`${field.label}: JSON`} value={text ?? ''} onChange={onText} minRows={2} />
      )
    case 'empty':
      return (
        <Text size="xs" c="dimmed" py={6}>
          No value.
        </Text>
      )
  }
}
