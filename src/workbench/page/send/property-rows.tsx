import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '../parts/icons'
import { useState } from 'react'
import { holderOf, rowsOf, type SegmentEvent, withRows } from './form-event'
import styles from './send.module.css'
import { kindOfValue, textOfValue, typedValue } from './typed-values'

interface PropertyRowsProps {
  event: SegmentEvent
  onChange: (event: SegmentEvent) => void
}

interface Row {
  name: string
  /** Null for a value that cannot be typed, such as an object. */
  text: string | null
  value: unknown
}

/** The other properties or traits, each with a name and a value. */
export function PropertyRows({ event, onChange }: PropertyRowsProps) {
  const [typed, setTyped] = useState<Row[]>([])
  // Rows without a name are not in the event, so what was typed is shown for as long as it stands for the event.
  const rows = isSame(typed, event) ? typed : rowsOf(event).map(rowOf)
  const what = holderOf(event.type) === 'traits' ? 'trait' : 'property'
  const change = (next: Row[]) => {
    setTyped(next)
    onChange(withRows(event, entriesOf(next)))
  }
  const changeRow = (index: number, row: Row) => change(rows.map((old, at) => (at === index ? row : old)))

  return (
    <fieldset className={styles.rows}>
      <legend>{what === 'trait' ? 'Traits' : 'Other properties'}</legend>
      <Stack gap={6}>
        {rows.map((row, index) => (
          <RowInputs
            // Rows have no identity of their own, and are added at the end only.
            key={index}
            row={row}
            label={`${what} ${index + 1}`}
            isRepeated={row.name !== '' && rows.findIndex(({ name }) => name === row.name) !== index}
            onChange={(changed) => changeRow(index, changed)}
            onRemove={() => change(rows.filter((_, at) => at !== index))}
          />
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          className={styles.add}
          leftSection={<IconPlus size={14} />}
          onClick={() => setTyped([...rows, { name: '', text: '', value: '' }])}
        >
          Add a {what}
        </Button>
      </Stack>
    </fieldset>
  )
}

interface RowInputsProps {
  row: Row
  label: string
  isRepeated: boolean
  onChange: (row: Row) => void
  onRemove: () => void
}

function RowInputs({ row, label, isRepeated, onChange, onRemove }: RowInputsProps) {
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <TextInput
        className={styles.grow}
        aria-label={`Name of ${label}`}
        placeholder="name"
        value={row.name}
        error={isRepeated && 'This name is used already.'}
        onChange={({ currentTarget }) => onChange({ ...row, name: currentTarget.value })}
      />
      <TextInput
        className={styles.grow}
        aria-label={`Value of ${label}`}
        placeholder="value"
        disabled={row.text === null}
        value={row.text ?? JSON.stringify(row.value)}
        rightSectionWidth={66}
        rightSection={
          <Text span size="xs" c="dimmed">
            {kindOfValue(row.value)}
          </Text>
        }
        onChange={({ currentTarget: { value: text } }) => onChange({ ...row, text, value: typedValue(text) })}
      />
      <ActionIcon variant="subtle" color="gray" size={30} aria-label={`Remove ${label}`} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  )
}

function rowOf([name, value]: [string, unknown]): Row {
  return { name, value, text: textOfValue(value) }
}

function entriesOf(rows: Row[]): [string, unknown][] {
  return rows.filter(({ name }) => name !== '').map(({ name, value }) => [name, value])
}

function isSame(rows: Row[], event: SegmentEvent): boolean {
  const written = rowsOf(withRows(event, entriesOf(rows)))
  return JSON.stringify(written) === JSON.stringify(rowsOf(event))
}
