import { Button, Group as Line, NativeSelect, Stack, Text } from '@mantine/core'
import { IconBracketsContain, IconPlus } from '../../parts/icons'
import { useState } from 'react'
import { type Filter, type Group, type Match, newGroup, newRow, type Row } from './filter-model'
import { FilterRow } from './filter-row'
import styles from './filter.module.css'
import type { Part } from './operators'

interface FilterBuilderProps {
  action: string
  filter: Filter
  /** What a new condition looks at. */
  firstPart: Part
  onChange: (filter: Filter) => void
}

/** A filter as rows of conditions. */
export function FilterBuilder({ action, filter, firstPart, onChange }: FilterBuilderProps) {
  const [added, setAdded] = useState<number | null>(null)
  const { match, items } = filter
  const replace = (id: number, next: Row | Group | null) =>
    onChange({ match, items: items.flatMap((item) => (item.id === id ? (next ?? []) : item)) })
  const add = (item: Row | Group) => {
    setAdded(item.kind === 'row' ? item.id : item.rows[0].id)
    onChange({ match, items: [...items, item] })
  }
  const rowOf = (row: Row, label: string, change: (row: Row | null) => void, isInGroup = false) => (
    <FilterRow
      key={row.id}
      action={action}
      row={row}
      label={label}
      isInGroup={isInGroup}
      isNew={row.id === added}
      onChange={change}
    />
  )

  return (
    <Stack gap={6} role="group" aria-label="Conditions">
      {items.length > 1 && (
        <MatchChoice
          label="How conditions are joined"
          match={match}
          onChange={(next) => onChange({ match: next, items })}
        />
      )}
      {items.map((item, index) => {
        const label = `Condition ${index + 1}`
        if (item.kind === 'row') return rowOf(item, label, (next) => replace(item.id, next))
        const change = (rows: Row[]) => replace(item.id, rows.length > 0 ? { ...item, rows } : null)
        return (
          <div key={item.id} className={styles.group} role="group" aria-label={label}>
            <MatchChoice
              label={`How ${label} is joined`}
              match={item.match}
              onChange={(next) => replace(item.id, { ...item, match: next })}
            />
            {item.rows.map((row, position) =>
              rowOf(
                row,
                `${label}.${position + 1}`,
                (next) => change(item.rows.flatMap((one) => (one.id === row.id ? (next ?? []) : one))),
                true
              )
            )}
            <AddButton
              onClick={() => {
                const row = newRow(firstPart)
                setAdded(row.id)
                change([...item.rows, row])
              }}
            >
              Add to the group
            </AddButton>
          </div>
        )
      })}
      <Line gap="xs">
        <AddButton onClick={() => add(newRow(firstPart))}>Add a condition</AddButton>
        <Button
          variant="default"
          leftSection={<IconBracketsContain size={14} />}
          onClick={() => add(newGroup(match === 'and' ? 'or' : 'and', firstPart))}
        >
          Add a group
        </Button>
      </Line>
    </Stack>
  )
}

function AddButton({ children, onClick }: { children: string; onClick: () => void }) {
  return (
    <Button
      variant="default"
      leftSection={<IconPlus size={14} />}
      onClick={onClick}
      style={{ alignSelf: 'flex-start' }}
    >
      {children}
    </Button>
  )
}

const MATCHES: { value: Match; label: string }[] = [
  { value: 'and', label: 'all of these' },
  { value: 'or', label: 'any of these' }
]

function MatchChoice({ label, match, onChange }: { label: string; match: Match; onChange: (match: Match) => void }) {
  return (
    <Line gap={6}>
      <Text size="xs">An event must fit</Text>
      <NativeSelect
        aria-label={label}
        data={MATCHES}
        value={match}
        // Only the values of `data` can be chosen.
        onChange={(event) => onChange(event.currentTarget.value as Match)}
      />
    </Line>
  )
}
