import { Text } from '@mantine/core'
import type { Field } from '../../../contract'
import { JsonField } from '../../parts/json-field'
import type { FieldForm } from './field-form'
import { FixedInput } from './fixed-input'
import { KeysInput } from './keys-input'
import { PathInput, PathsInput } from './path-input'

interface FieldInputProps {
  field: Field
  form: FieldForm
  action: string
  mapping: Record<string, unknown>
  value: unknown
  text: string | undefined
  onValue: (value: unknown) => void
  onText: (text: string) => void
}

/** The input that belongs to a form. */
export function FieldInput({ field, form, text, onText, ...rest }: FieldInputProps) {
  const { value, onValue, action, mapping } = rest
  switch (form) {
    case 'path':
      return <PathInput label={`${field.label}: path in the event`} value={value} onValue={onValue} />
    case 'path-else':
      return <PathsInput label={field.label} value={value} onValue={onValue} />
    case 'fixed':
      return <FixedInput field={field} action={action} mapping={mapping} value={value} onValue={onValue} />
    case 'keys':
      return <KeysInput field={field} action={action} mapping={mapping} value={value} onValue={onValue} />
    case 'json':
      return (
        <JsonField label={null} hideLabel={`${field.label}: JSON`} value={text ?? ''} onChange={onText} minRows={2} />
      )
    case 'empty':
      return (
        <Text size="xs" c="dimmed" py={6}>
          Not sent.
        </Text>
      )
  }
}
