import { Alert, Button, Stack, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Action, Preset, SeenEvents } from '../../../contract'
import { FilterBuilder } from './filter-builder'
import { type Filter, filterOf, textOf } from './filter-model'
import { FilterText } from './filter-text'
import { filterWarnings, possibleTypes } from './filter-warnings'
import type { Part } from './operators'
import { TakenEvents } from './taken-events'

interface FilterEditorProps {
  action: Action
  presets: Preset[]
  text: string
  /** Why the text is not a valid filter. */
  problem: string | undefined
  seen: SeenEvents | undefined
  onChange: (text: string) => void
}

/** A filter as conditions and as text, both equal, with the events that it takes and what is probably wrong with it. */
export function FilterEditor({ action, presets, text, problem, seen, onChange }: FilterEditorProps) {
  const [filter, change] = useBuilt(text, onChange)
  const warnings = useMemo(
    () => (problem || text.length > LONGEST_CHECKED ? [] : filterWarnings(text, action, presets)),
    [text, action, presets, problem]
  )
  return (
    <Stack gap="xs">
      {filter ? (
        <FilterBuilder action={action.key} filter={filter} firstPart={firstPart(text)} onChange={change} />
      ) : (
        <Text size="sm" c="dimmed">
          {problem ? 'Correct the text to see the filter as conditions.' : 'This filter is edited as text.'}
        </Text>
      )}
      <FilterText text={text} problem={problem} onChange={onChange} />
      {warnings.map(({ message, mend }) => (
        <Alert key={message} color="yellow" variant="outline" p="xs" role="status">
          <Text size="sm">{message}</Text>
          {mend && (
            <Button mt={6} variant="default" onClick={() => onChange(mend.filter)}>
              {mend.label}
            </Button>
          )}
        </Alert>
      ))}
      {!problem && seen && <TakenEvents seen={seen} />}
    </Stack>
  )
}

/** A longer filter would make typing slow. */
const LONGEST_CHECKED = 10_000

/**
 * The conditions of a text, null if they cannot be shown. While they are edited, incomplete ones are kept beside the text,
 * which does not have them.
 */
function useBuilt(text: string, onText: (text: string) => void): [Filter | null, (filter: Filter) => void] {
  const [built, setBuilt] = useState<{ text: string; filter: Filter } | null>(null)
  const read = useMemo(() => filterOf(text), [text])
  const change = (filter: Filter) => {
    const written = textOf(filter)
    setBuilt({ text: written, filter })
    onText(written)
  }
  return [built?.text === text ? built.filter : read, change]
}

/** What a new condition is most likely about: the name of the event, the name of the page, or a trait. */
function firstPart(text: string): Part {
  const types = possibleTypes(text)
  if (types.includes('track') || types.length === 0) return 'event'
  return types.includes('page') || types.includes('screen') ? 'name' : 'event-trait'
}
