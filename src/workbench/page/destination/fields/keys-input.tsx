import { ActionIcon, Button, NativeSelect, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '../../parts/icons'
import { useState } from 'react'
import type { Field } from '../../../contract'
import { isRecord } from '../../parts/json'
import styles from './fields.module.css'
import { type Entry, entryOf, valueOf, objectOf } from './key-entries'
import { LiveChoice } from './live-choice'
import { PathPicker } from './path-picker'

interface KeysInputProps {
  field: Field
  action: string
  value: unknown
  onValue: (value: unknown) => void
}

/** An object edited key by key. Each value is a path in the event, a text or JSON. */
export function KeysInput({ field, action, value, onValue }: KeysInputProps) {
  // While the user types, a key may be incomplete or occur twice, so entries are kept as a list.
  const [entries, setEntries] = useState<Entry[]>(() => Object.entries(isRecord(value) ? value : {}).map(entryOf))
  const change = (next: Entry[]) => {
    setEntries(next)
    const object = objectOf(next)
    onValue(field.keyValue && Object.keys(object).length === 0 ? undefined : object)
  }
  const changeOne = (index: number, part: Partial<Entry>) =>
    change(entries.map((entry, position) => (position === index ? { ...entry, ...part } : entry)))

  return (
    <Stack gap={6}>
      {entries.map((entry, index) => {
        const name = `${field.label}, entry ${index + 1}`
        const isTwice = entries.some(({ key }, position) => position < index && key !== '' && key === entry.key)
        return (
          <div className={styles.entry} key={entry.id}>
            {field.dynamic ? (
              <LiveChoice
                label={`${name}: key`}
                action={action}
                path={`${field.key}.__keys__`}
                value={entry.key}
                error={isTwice ? 'This key already exists' : undefined}
                onValue={(key) => changeOne(index, { key })}
              />
            ) : (
              <TextInput
                aria-label={`${name}: key`}
                placeholder="key"
                error={isTwice ? 'This key already exists' : undefined}
                value={entry.key}
                onChange={(event) => changeOne(index, { key: event.currentTarget.value })}
              />
            )}
            <NativeSelect
              aria-label={`${name}: kind of value`}
              data={[
                { value: 'path', label: 'Event path' },
                { value: 'text', label: 'Text' },
                { value: 'json', label: 'JSON' }
              ]}
              value={entry.kind}
              // Only the values of `data` can be chosen.
              onChange={(event) => changeOne(index, { kind: event.currentTarget.value as Entry['kind'] })}
            />
            {entry.kind === 'path' ? (
              <PathPicker label={`${name}: value`} value={entry.text} onValue={(text) => changeOne(index, { text })} />
            ) : (
              <TextInput
                aria-label={`${name}: value`}
                placeholder="value"
                error={valueOf(entry) === undefined ? 'This is not JSON' : undefined}
                value={entry.text}
                onChange={(event) => changeOne(index, { text: event.currentTarget.value })}
              />
            )}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove ${name}`}
              onClick={() => change(entries.filter((_, position) => position !== index))}
            >
              <IconX size={15} />
            </ActionIcon>
          </div>
        )
      })}
      <Button
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => setEntries([...entries, entryOf(['', { '@path': '$.properties.' }])])}
        style={{ alignSelf: 'flex-start' }}
      >
        Add a key
      </Button>
    </Stack>
  )
}
