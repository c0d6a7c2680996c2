import { Box, Group, NativeSelect, NumberInput, TagsInput, Text, TextInput } from '@mantine/core'
import type { Field } from '../../../contract'
import { pathIn, pathsIn, pathsValue, pathValue } from './field-form'
import { isUnseen, useSeenPaths } from '../seen-events'
import { LiveChoice } from './live-choice'
import { NotSeen, PathPicker } from './path-picker'

interface PathInputProps {
  label: string
  value: unknown
  onValue: (value: unknown) => void
}

export function PathInput({ label, value, onValue }: PathInputProps) {
  return <PathPicker label={label} value={pathIn(value) ?? ''} onValue={(path) => onValue(pathValue(path))} />
}

export function PathsInput({ label, value, onValue }: PathInputProps) {
  const [first, second] = pathsIn(value) ?? ['', '']
  const paths = useSeenPaths()
  return (
    <>
      <Group gap={6} wrap="wrap">
        <Box flex={room(first)}>
          <PathPicker
            label={`${label}: path in the event`}
            marks={false}
            value={first}
            onValue={(path) => onValue(pathsValue(path, second))}
          />
        </Box>
        <Text size="xs" c="dimmed">
          else
        </Text>
        <Box flex={room(second)}>
          <PathPicker
            label={`${label}: path if the first does not exist`}
            marks={false}
            value={second}
            onValue={(path) => onValue(pathsValue(first, path))}
          />
        </Box>
      </Group>
      {isUnseen(first, paths) && isUnseen(second, paths) && (
        <Text size="xs" c="dimmed">
          <NotSeen />
        </Text>
      )}
    </>
  )
}

/** Texts of a list; Enter or a comma ends one. */
export function ListInput({ label, value, onValue }: PathInputProps) {
  const texts: unknown[] = Array.isArray(value) ? value : []
  return <TagsInput aria-label={label} value={texts.map(String)} onChange={onValue} />
}

/** A flex size with room for the whole path in the monospaced font, on its own line if necessary. */
function room(path: string): string {
  return `1 1 max(160px, min(100% - 40px, ${path.length} * 0.46rem + 26px))`
}

interface FixedInputProps {
  field: Field
  action: string
  value: unknown
  onValue: (value: unknown) => void
}

/** A value that is the same for every event. */
export function FixedInput({ field, action, value, onValue }: FixedInputProps) {
  const label = `${field.label}: value`
  if (field.type === 'boolean') return <YesOrNo label={label} value={value} onValue={onValue} />
  if (field.choices) return <OneOf label={label} choices={field.choices} value={value} onValue={onValue} />
  const text = textOf(value)
  if (field.dynamic) {
    return <LiveChoice label={label} action={action} path={field.key} value={text} onValue={onValue} />
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

/** A fixed value as text. Objects are edited key by key or as JSON instead. */
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
