import { ActionIcon, Autocomplete, NativeSelect, TagsInput, TextInput } from '@mantine/core'
import { IconX } from '../../parts/icons'
import { type RefObject, useEffect, useRef } from 'react'
import type { SeenPath } from '../../../contract'
import type { Row } from './filter-model'
import styles from './filter.module.css'
import {
  groupOperatorsOf,
  NUMBER_OPERATORS,
  OPERATOR_LABELS,
  operatorsOf,
  type Part,
  PART_LABELS,
  PART_PATHS,
  type RowOperator,
  VALUELESS_OPERATORS,
  WITH_NAME
} from './operators'
import { rowProblems } from './row-problems'
import { useNames, useSuggestedValues } from './suggestions'

interface FilterRowProps {
  action: string
  row: Row
  /** Names the condition for readers, as in "Condition 2". */
  label: string
  isInGroup: boolean
  /** A row that was just added takes the focus. */
  isNew: boolean
  /** Null removes the row. */
  onChange: (row: Row | null) => void
}

/** One condition: what it looks at, how it compares, and with which value. */
export function FilterRow({ action, row, label, isInGroup, isNew, onChange }: FilterRowProps) {
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (isNew) first.current?.focus()
  }, [isNew])
  const { part, operator } = row
  const operators = isInGroup ? groupOperatorsOf(part) : operatorsOf(part)
  const hasName = WITH_NAME.includes(part)

  return (
    <div className={styles.row} role="group" aria-label={label}>
      <NativeSelect
        aria-label={`${label}: looks at`}
        data={Object.entries(PART_LABELS).map(([value, text]) => ({ value, label: text }))}
        value={part}
        // Only the values of `data` can be chosen.
        onChange={(event) => onChange(withPart(row, event.currentTarget.value as Part, isInGroup))}
      />
      {hasName && <NameInput row={row} label={label} input={first} onChange={onChange} />}
      <NativeSelect
        aria-label={`${label}: comparison`}
        data={operators.map((value) => ({ value, label: OPERATOR_LABELS[value] }))}
        value={operator}
        // As above.
        onChange={(event) => onChange(withOperator(row, event.currentTarget.value as RowOperator))}
      />
      {!VALUELESS_OPERATORS.includes(operator) && (
        // One cell of the grid, whatever the input consists of.
        <div>
          <ValueInput action={action} row={row} label={label} input={hasName ? undefined : first} onChange={onChange} />
        </div>
      )}
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${label}`} onClick={() => onChange(null)}>
        <IconX size={15} />
      </ActionIcon>
    </div>
  )
}

interface InputProps {
  row: Row
  label: string
  /** Takes the focus in a new row. */
  input?: RefObject<HTMLInputElement | null>
  onChange: (row: Row) => void
}

function NameInput({ row, label, input, onChange }: InputProps) {
  const names = useNames(PART_PATHS[row.part])
  return (
    <Autocomplete
      ref={input}
      size="xs"
      aria-label={`${label}: name`}
      placeholder={row.part === 'event-context' ? 'page.path' : 'name'}
      spellCheck={false}
      data={[...names.keys()]}
      limit={60}
      value={row.name}
      error={rowProblems(row).name}
      onChange={(name) => onChange(withName(row, name, names.get(name)))}
    />
  )
}

function ValueInput({ action, row, label, input, onChange }: InputProps & { action: string }) {
  const { part, name, operator, values } = row
  const suggested = useSuggestedValues(action, part, `${PART_PATHS[part]}${name}`)
  const shared = { 'aria-label': `${label}: value`, ref: input, error: rowProblems(row).value }
  if (operator === 'one_of') {
    const onValues = (next: string[]) => onChange({ ...row, values: next })
    return <TagsInput {...shared} size="xs" data={suggested} value={values.filter(Boolean)} onChange={onValues} />
  }
  const onValue = (value: string) => onChange({ ...row, values: [value] })
  if (NUMBER_OPERATORS.includes(operator)) {
    return (
      <TextInput
        {...shared}
        inputMode="decimal"
        value={values[0] ?? ''}
        onChange={(event) => onValue(event.currentTarget.value)}
      />
    )
  }
  return <Autocomplete {...shared} size="xs" data={suggested} limit={60} value={values[0] ?? ''} onChange={onValue} />
}

/** A value stays where the new part can have it. */
function withPart(row: Row, part: Part, isInGroup: boolean): Row {
  const operators = isInGroup ? groupOperatorsOf(part) : operatorsOf(part)
  const operator = operators.includes(row.operator) ? row.operator : '='
  return withOperator({ ...row, part, name: WITH_NAME.includes(part) ? row.name : '' }, operator)
}

function withOperator(row: Row, operator: RowOperator): Row {
  if (VALUELESS_OPERATORS.includes(operator)) return { ...row, operator, values: [] }
  return { ...row, operator, values: operator === 'one_of' ? row.values : [row.values[0] ?? ''] }
}

/** A chosen name that is known to hold numbers, or true and false, is compared as such. */
function withName(row: Row, name: string, seen: SeenPath | undefined): Row {
  const [value] = seen?.values ?? []
  const isUntouched = row.operator === '=' && row.values.every((one) => one === '')
  const operator = typeof value === 'number' ? 'number_equals' : typeof value === 'boolean' ? 'is_true' : row.operator
  return isUntouched ? withOperator({ ...row, name }, operator) : { ...row, name }
}
