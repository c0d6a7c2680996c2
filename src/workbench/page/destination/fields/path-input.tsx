import { Group, Text, TextInput } from '@mantine/core'
import { pathIn, pathsIn, pathsValue, pathValue } from './field-form'

interface PathInputProps {
  label: string
  value: unknown
  onValue: (value: unknown) => void
}

const monospaced = { input: { fontFamily: 'var(--mantine-font-family-monospace)' } }

export function PathInput({ label, value, onValue }: PathInputProps) {
  return (
    <TextInput
      aria-label={label}
      placeholder="$.properties.…"
      spellCheck={false}
      styles={monospaced}
      value={pathIn(value) ?? ''}
      onChange={(event) => onValue(pathValue(event.currentTarget.value))}
    />
  )
}

export function PathsInput({ label, value, onValue }: PathInputProps) {
  const [first, second] = pathsIn(value) ?? ['', '']
  return (
    <Group gap={6} wrap="wrap">
      <TextInput
        flex={room(first)}
        aria-label={`${label}: path in the event`}
        spellCheck={false}
        styles={monospaced}
        value={first}
        onChange={(event) => onValue(pathsValue(event.currentTarget.value, second))}
      />
      <Text size="xs" c="dimmed">
        else
      </Text>
      <TextInput
        flex={room(second)}
        aria-label={`${label}: path if the first does not exist`}
        spellCheck={false}
        styles={monospaced}
        value={second}
        onChange={(event) => onValue(pathsValue(first, event.currentTarget.value))}
      />
    </Group>
  )
}

/** Room for the whole path, in characters of the monospaced font, on a line of its own if need be. */
function room(path: string): string {
  return `1 1 max(160px, min(100% - 40px, ${path.length} * 0.46rem + 26px))`
}
