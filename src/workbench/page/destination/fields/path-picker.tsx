import { Autocomplete, type AutocompleteProps, Text } from '@mantine/core'
import { isUnseen, useSeenPaths, valuesInWords } from '../seen-events'
import styles from './fields.module.css'

interface PathPickerProps {
  label: string
  value: string
  /** Whether a path that no event has is marked. Default true. */
  marks?: boolean
  onValue: (path: string) => void
}

const monospaced = { input: { fontFamily: 'var(--mantine-font-family-monospace)' } }

/** A path in the event, with the paths of the events that the filter takes and their values to choose from. Any other can be typed. */
export function PathPicker({ label, value, marks = true, onValue }: PathPickerProps) {
  const paths = useSeenPaths()
  const renderOption: AutocompleteProps['renderOption'] = ({ option }) => {
    const values = valuesInWords(paths.find(({ path }) => path === option.value) ?? { values: [] })
    return (
      <div>
        <Text size="xs" ff="monospace">
          {option.value}
        </Text>
        {values && (
          <Text size="xs" c="dimmed" lineClamp={2}>
            {values}
          </Text>
        )}
      </div>
    )
  }
  return (
    <Autocomplete
      size="xs"
      aria-label={label}
      placeholder="$.properties.…"
      spellCheck={false}
      styles={monospaced}
      data={paths.map(({ path }) => path).sort(byUse)}
      filter={suggested}
      limit={80}
      renderOption={renderOption}
      // A page has a dozen of these lists, so only the open one is drawn.
      comboboxProps={{ position: 'bottom-start', width: 'max-content', hideDetached: false, keepMounted: false }}
      classNames={{ dropdown: styles.paths }}
      value={value}
      onChange={onValue}
      description={marks && isUnseen(value, paths) ? <NotSeen /> : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  )
}

export function NotSeen() {
  return <span className={styles.notSeen}>No event seen has this.</span>
}

/** Everything is offered while the input holds a whole path; while one is typed, what contains it. */
const suggested: AutocompleteProps['filter'] = ({ options, search, limit }) => {
  const typed = search.trim().toLowerCase()
  // The options are paths without groups.
  const paths = options as { value: string; label: string }[]
  const isChosen = paths.some(({ value }) => value.toLowerCase() === typed)
  const found = isChosen || typed === '$.' ? paths : paths.filter(({ value }) => value.toLowerCase().includes(typed))
  return found.slice(0, limit)
}

const ORDER = ['$.properties', '$.traits', '$.event', '$.name', '$.userId', '$.groupId']

/** What mappings read most often comes first, context and technical members last. */
function byUse(one: string, other: string): number {
  return place(one) - place(other) || one.localeCompare(other)
}

function place(path: string): number {
  const found = ORDER.findIndex((start) => path === start || path.startsWith(`${start}.`))
  return found < 0 ? (path.startsWith('$.context') ? ORDER.length + 1 : ORDER.length) : found
}
