import { Button, CloseButton, Group, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { STATUS_WORDS } from '../../contract/event-query'
import { tokensIn, type QueryKey, withQueryPart } from '../../contract/event-query-text'
import { CALL_TYPES } from '../parts/words'
import { SearchHelp } from './search-help'
import styles from './events.module.css'
import type { EventSearch } from './use-event-search'

export const SEARCH_ID = 'event-search'

const STATUSES = Object.keys(STATUS_WORDS).map((value) => ({ value, label: value[0].toUpperCase() + value.slice(1) }))

/** One search text, and controls that write into it. */
export function EventFilters({ search }: { search: EventSearch }) {
  const { q, problem, change } = search
  return (
    <Group gap="xs" role="search" aria-label="Events" align="flex-start">
      <SearchField search={search} />
      <PartChoice part="status" label="Status" any="Any status" choices={STATUSES} q={q} onChange={change} />
      <PartChoice part="type" label="Type" any="Any type" choices={CALL_TYPES} q={q} onChange={change} />
      <SearchHelp />
      {(q !== '' || problem) && (
        <Button variant="subtle" onClick={() => change('')}>
          Show all
        </Button>
      )}
    </Group>
  )
}

function SearchField({ search: { q, problem, change } }: { search: EventSearch }) {
  const [text, setText] = useState(q)
  const isTyping = useRef(false)
  // The text is changed from outside by the controls, by a link and by the history.
  useEffect(() => setText((typed) => (typed.trim() === q ? typed : q)), [q])
  const search = useDebouncedCallback((typed: string) => {
    change(typed, { replace: isTyping.current })
    isTyping.current = true
  }, 150)
  const clear = () => {
    isTyping.current = false
    change('')
  }
  return (
    <TextInput
      id={SEARCH_ID}
      className={styles.search}
      aria-label="Search events"
      placeholder="Search all events, or status:failed"
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label="Clear search" onClick={clear} />}
      value={text}
      error={problem}
      onBlur={() => (isTyping.current = false)}
      onChange={(event) => {
        setText(event.currentTarget.value)
        search(event.currentTarget.value)
      }}
    />
  )
}

interface PartChoiceProps {
  part: QueryKey
  label: string
  any: string
  choices: (string | { value: string; label: string })[]
  q: string
  onChange: (q: string) => void
}

/** A list of choices that writes one part of the search. */
function PartChoice({ part, label, any, choices, q, onChange }: PartChoiceProps) {
  const written =
    tokensIn(q)
      .find(({ key }) => key === part)
      ?.value.toLowerCase() ?? null
  return (
    <Select
      className={styles.choice}
      aria-label={label}
      placeholder={any}
      data={choices}
      // The API has another name for failed events.
      value={written === 'rejected' ? 'failed' : written}
      clearable
      onChange={(value) => onChange(withQueryPart(q, part, value))}
    />
  )
}
