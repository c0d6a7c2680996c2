import { NativeSelect, NumberInput, TextInput } from '@mantine/core'
import type { Field } from '../../../contract'
import { LiveChoice } from './live-choice'

interface FixedInputProps {
  field: Field
  action: string
  mapping: Record<string, unknown>
  value: unknown
  onValue: (value: unknown) => void
}

/** A value that is the same for every event. */
export function FixedInput({ field, action, mapping, value, onValue }: FixedInputProps) {
  const label = `${field.label}: value`
  if (field.type === 'boolean') return <YesOrNo label={label} value={value} onValue={onValue} />
  if (field.choices) return <OneOf label={label} choices={field.choices} value={value} onValue={onValue} />
  const text = textOf(value)
  if (field.dynamic) {
    return (
      <LiveChoice label={label} action={action} path={field.key} mapping={mapping} value={text} onValue={onValue} />
    )
  }
  if (field.type === 'number' || field.type === 'integer') {
    return (
      <NumberInput
        aria-label={label}
        allowDecimal={field.type === 'number'}
        value={typeof value === 'number' ? value : text}
        onChange={onValue}
      />
    )
  }
  return (
    <TextInput
      aria-label={label}
      placeholder={field.placeholder ?? undefined}
      value={text}
      onChange={(event) => onValue(event.currentTarget.value)}
    />
  )
}

/** Fixed values are never objects: those are written key by key or as JSON. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

type InputProps = Pick<FixedInputProps, 'value' | 'onValue'> & { label: string }

function YesOrNo({ label, value, onValue }: InputProps) {
  const data = [
    { value: 'true', label: 'Yes' },
    { value: 'false', label: 'No' }
  ]
  const shown = typeof value === 'boolean' ? data : [{ value: '', label: 'Choose…' }, ...data]
  return (
    <NativeSelect
      aria-label={label}
      data={shown}
      value={typeof value === 'boolean' ? String(value) : ''}
      onChange={(event) => onValue(event.currentTarget.value === '' ? '' : event.currentTarget.value === 'true')}
    />
  )
}

function OneOf({ label, choices, value, onValue }: InputProps & { choices: NonNullable<Field['choices']> }) {
  const index = choices.findIndex((choice) => choice.value === value)
  const unknown = value !== undefined && value !== '' && index < 0
  return (
    <NativeSelect
      aria-label={label}
      data={[
        { value: '', label: unknown ? `${textOf(value)} (not among the choices)` : 'Choose…' },
        ...choices.map((choice, position) => ({ value: String(position), label: choice.label }))
      ]}
      value={index < 0 ? '' : String(index)}
      onChange={({ currentTarget }) =>
        currentTarget.value !== '' && onValue(choices[Number(currentTarget.value)].value)
      }
    />
  )
}
