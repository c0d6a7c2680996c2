import { Autocomplete } from '@mantine/core'
import { useState } from 'react'

interface SuggestedInputProps {
  label: string
  /** Undefined when the event does not have it. */
  value: unknown
  /** The value of a text. */
  read: (text: string) => unknown
  /** The text of a value; null when it cannot be shown as text. */
  write: (value: unknown) => string | null
  onChange: (value: unknown) => void
  suggestions?: string[]
  description?: string
}

/** Suggestions that are shown at a time. */
const MOST_SHOWN = 8

/** A text field with suggestions. The list counts as open only while it has something to show, for Escape and for readers. */
export function SuggestedInput({ value, read, write, onChange, suggestions = [], ...rest }: SuggestedInputProps) {
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useLocalText(value, read, write)
  const wanted = text.trim().toLowerCase()
  const isComplete = suggestions.some((suggestion) => suggestion.toLowerCase() === wanted)
  // After a complete value all are offered, so that another can be chosen without emptying the field first.
  const matching = suggestions.filter((suggestion) => isComplete || suggestion.toLowerCase().includes(wanted))

  return (
    <Autocomplete
      {...rest}
      size="xs"
      value={text}
      data={matching}
      filter={({ options }) => options.slice(0, MOST_SHOWN)}
      openOnFocus={false}
      dropdownOpened={isOpen && matching.length > 0}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      placeholder={write(value) === null && value !== undefined ? 'see JSON' : undefined}
      onChange={(typed) => {
        setText(typed)
        onChange(typed === '' ? '' : read(typed))
      }}
    />
  )
}

/** The text as it is typed, such as "49.", for as long as it stands for the value. */
function useLocalText(
  value: unknown,
  read: (text: string) => unknown,
  write: (value: unknown) => string | null
): [string, (text: string) => void] {
  const [typed, setTyped] = useState('')
  const isCurrent = typed !== '' && Object.is(read(typed), value)
  return [isCurrent ? typed : value === undefined ? '' : (write(value) ?? ''), setTyped]
}
