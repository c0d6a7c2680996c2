import { ActionIcon, Button, CloseButton, Group, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconHelp, IconSearch } from '../parts/icons'
import { useEffect, useRef, useState } from 'react'
import { STATUS_WORDS } from '../../contract/event-query'
import { type QueryKey, tokensIn, withQueryPart } from '../../contract/event-query-text'
import { CALL_TYPES } from '../parts/words'
import styles from './events.module.css'
import type { EventSearch } from './use-event-search'

export const SEARCH_ID = 'event-search'

const STATUSES = Object.keys(STATUS_WORDS).map((value) => ({ value, label: value[0].toUpperCase() + value.slice(1) }))

interface EventFiltersProps {
  search: EventSearch
  onHelp: () => void
  /** Goes from the search into the list. */
  onDown: () => void
}

/** One search text, and controls that write into it. */
export function EventFilters({ search, onHelp, onDown }: EventFiltersProps) {
  const { q, change } = search
  return (
    <Group gap="xs" role="search" aria-label="Events" align="flex-start">
      <SearchField search={search} onDown={onDown} />
      <PartChoice part="status" label="Status" any="Any status" choices={STATUSES} q={q} onChange={change} />
      <PartChoice part="type" label="Type" any="Any type" choices={CALL_TYPES} q={q} onChange={change} />
      <ActionIcon variant="default" size={30} aria-label="What can be searched, and keys" onClick={onHelp}>
        <IconHelp size={17} />
      </ActionIcon>
      {q !== '' && (
        <Button variant="subtle" onClick={() => change('')}>
          Show all
        </Button>
      )}
    </Group>
  )
}

interface SearchFieldProps {
  search: EventSearch
  onDown: () => void
}

function SearchField({ search: { q, problem, change }, onDown }: SearchFieldProps) {
  const { text, type, settle } = useTypedSearch(q, change)
  return (
    <TextInput
      id={SEARCH_ID}
      className={styles.search}
      aria-label="Search events"
      placeholder="Search, for example status:failed"
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={text && <CloseButton size={26} aria-label="Clear search" onClick={() => change('')} />}
      value={text}
      error={problem}
      dir="auto"
      onBlur={settle}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle()
        if (event.key === 'Escape') event.currentTarget.blur()
        if (event.key !== 'ArrowDown') return
        event.preventDefault()
        onDown()
      }}
    />
  )
}

/** Milliseconds without a further letter before a search is done. */
const TYPING_PAUSE = 120

/** The text in the search field. It is searched while it is typed, with one entry in the history for the whole word. */
function useTypedSearch(q: string, change: EventSearch['change']) {
  const [text, setText] = useState(q)
  const last = useRef({ searched: q, isTyping: false })
  const search = useDebouncedCallback((typed: string) => {
    last.current.searched = typed.trim()
    change(typed, { replace: last.current.isTyping })
    last.current.isTyping = true
  }, TYPING_PAUSE)
  useEffect(() => {
    if (q === last.current.searched) return
    // The controls, a link or the history changed it.
    search.cancel()
    last.current = { searched: q, isTyping: false }
    setText(q)
  }, [q, search])
  return {
    text,
    type: (typed: string) => {
      setText(typed)
      search(typed)
    },
    settle: () => {
      search.flush()
      last.current.isTyping = false
    }
  }
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
      clearButtonProps={{ size: 'sm' }}
      onChange={(value) => onChange(withQueryPart(q, part, value))}
    />
  )
}
