import { Button, CloseButton, Group, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch, IconUser } from '../parts/icons'
import { useEffect, useState } from 'react'
import type { EventStatus } from '../../contract'
import { type EventFilter, everyEvent, isFiltered } from '../api/event-list'
import { CALL_TYPES, STATUS } from '../parts/words'
import styles from './events.module.css'

interface EventFiltersProps {
  filter: EventFilter
  onChange: (filter: EventFilter) => void
}

export function EventFilters({ filter, onChange }: EventFiltersProps) {
  const [search, setSearch] = useState(filter.search)
  useEffect(() => setSearch(filter.search), [filter.search])
  const searchLater = useDebouncedCallback((text: string) => onChange({ ...filter, search: text.trim() }), 250)

  return (
    <Group gap="xs" role="search" aria-label="Events">
      <TextInput
        className={styles.search}
        aria-label="Search events"
        placeholder="Search name, visitor, message id…"
        leftSection={<IconSearch size={15} />}
        rightSection={
          search && (
            <CloseButton size="sm" aria-label="Clear search" onClick={() => onChange({ ...filter, search: '' })} />
          )
        }
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value)
          searchLater(event.currentTarget.value)
        }}
      />
      <Select
        className={styles.choice}
        aria-label="Outcome"
        placeholder="Any outcome"
        data={Object.entries(STATUS).map(([value, { label }]) => ({ value, label }))}
        value={filter.status || null}
        clearable
        // Only the values of `data` can be chosen.
        onChange={(status) => onChange({ ...filter, status: (status ?? '') as EventStatus | '' })}
      />
      <Select
        className={styles.choice}
        aria-label="Type"
        placeholder="Any type"
        data={CALL_TYPES}
        value={filter.type || null}
        clearable
        onChange={(type) => onChange({ ...filter, type: type ?? '' })}
      />
      {filter.visitor && (
        <Button
          variant="default"
          leftSection={<IconUser size={15} />}
          onClick={() => onChange({ ...filter, visitor: '' })}
          aria-label={`Only visitor ${filter.visitor}; show all visitors`}
          rightSection="×"
        >
          {filter.visitor}
        </Button>
      )}
      {isFiltered(filter) && (
        <Button variant="subtle" onClick={() => onChange(everyEvent)}>
          Show all
        </Button>
      )}
    </Group>
  )
}
