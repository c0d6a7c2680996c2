import { Combobox, Loader, Text, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Choice, DynamicChoices } from '../../../contract'
import { request, messageOf } from '../../api/request'
import { useCurrentMapping } from './current-mapping'
import styles from './fields.module.css'

interface LiveChoiceProps {
  label: string
  action: string
  /** The field, or `customData.__keys__` for the keys of one. */
  path: string
  value: string
  error?: string
  onValue: (value: string) => void
}

const MORE = ' more'

/** A text input with choices loaded from Kameleoon, searched while the user types. Other values can be entered too. */
export function LiveChoice({ label, action, path, value, error, onValue }: LiveChoiceProps) {
  const combobox = useCombobox({ onDropdownClose: () => setQuery('') })
  const [query, setQuery] = useState('')
  // While the list is closed, the name of the chosen value is looked up.
  const [searched] = useDebouncedValue(combobox.dropdownOpened ? query : value, 250)
  const isWanted = combobox.dropdownOpened || value !== ''
  const answer = useLiveChoices({ action, path, query: searched, isWanted })
  const choices = answer.data?.pages.flatMap((page) => page.choices) ?? []
  const failure = answer.data?.pages.find((page) => page.error)?.error ?? (answer.error && messageOf(answer.error))
  const shown = choices.filter((choice) => matches(choice, query))
  const first = shown.length > 0 ? String(shown[0].value) : null
  const { selectFirstOption } = combobox
  // Enter takes the best match of what was typed.
  useEffect(() => {
    if (query !== '' && first !== null) selectFirstOption()
  }, [query, first, selectFirstOption])
  const chosen = choices.find((choice) => String(choice.value) === value)
  const submit = (option: string) => {
    if (option === MORE) return void answer.fetchNextPage()
    onValue(option)
    combobox.closeDropdown()
  }

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={submit}
      position="bottom-start"
      width="max-content"
      // Keeps the list open when a message above moves the input to the edge of the window.
      hideDetached={false}
    >
      <Combobox.Target withExpandedAttribute>
        <TextInput
          aria-label={label}
          value={value}
          error={error}
          description={chosen && chosen.label !== value ? chosen.label : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder="Search in Kameleoon"
          rightSection={
            answer.isFetching ? <Loader size={14} aria-label="Loading from Kameleoon" /> : <Combobox.Chevron />
          }
          onFocus={() => combobox.openDropdown()}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onChange={(event) => {
            onValue(event.currentTarget.value)
            setQuery(event.currentTarget.value)
            combobox.openDropdown()
            combobox.resetSelectedOption()
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown className={styles.paths}>
        <Combobox.Options className={styles.options} aria-label={label}>
          {shown.map((choice) => (
            <Combobox.Option key={String(choice.value)} value={String(choice.value)}>
              <Text size="sm">{choice.label}</Text>
              <Text size="xs" c="dimmed">
                {describe(choice)}
              </Text>
            </Combobox.Option>
          ))}
          {answer.hasNextPage && <Combobox.Option value={MORE}>Load more</Combobox.Option>}
        </Combobox.Options>
        {shown.length === 0 && !answer.isFetching && (
          <Text size="xs" c={failure ? 'var(--mantine-color-error)' : 'dimmed'} p={6} role="status">
            {failure ?? 'Kameleoon has no match. The typed text is used as it is.'}
          </Text>
        )}
      </Combobox.Dropdown>
    </Combobox>
  )
}

/** Choices of an earlier search stay until those of the new one come. */
function matches({ label, value }: Choice, query: string): boolean {
  const wanted = query.trim().toLowerCase()
  return label.toLowerCase().includes(wanted) || String(value).toLowerCase().includes(wanted)
}

/** The description of a choice with its value, unless the description already contains it. */
function describe({ value, description = '' }: Choice): string {
  return description.includes(String(value)) ? description : [String(value), description].filter(Boolean).join(' · ')
}

interface Wanted {
  action: string
  path: string
  query: string
  /** Requests are sent only while the list is open. */
  isWanted: boolean
}

/** Choices from Kameleoon, page by page. */
function useLiveChoices({ action, path, query, isWanted }: Wanted) {
  const mapping = useCurrentMapping()
  return useInfiniteQuery({
    queryKey: ['choices', action, path, query],
    queryFn: ({ pageParam }) =>
      request<DynamicChoices>('POST', `actions/${encodeURIComponent(action)}/choices`, {
        path,
        ...(query && { query }),
        ...(pageParam && { page: pageParam }),
        mapping: mapping.current
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextPage }) => nextPage,
    enabled: isWanted,
    placeholderData: (previous) => previous,
    staleTime: 20_000
  })
}
