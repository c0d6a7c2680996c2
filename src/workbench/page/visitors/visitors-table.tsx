import { Anchor, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '../parts/icons'
import { Link } from 'wouter'
import type { VisitorOrder, VisitorSummary } from '../../contract'
import { visitorPlace } from '../parts/places'
import { Time } from '../parts/time'
import { counted } from '../parts/words'
import { Amounts } from './amounts'
import { FIRST_ORDER, opposite, type VisitorSearch } from './visitor-search'
import styles from './visitors.module.css'

interface VisitorsTableProps {
  visitors: VisitorSummary[]
  search: VisitorSearch
  onChange: (part: Partial<VisitorSearch>) => void
}

export function VisitorsTable({ visitors, search, onChange }: VisitorsTableProps) {
  const head = (column: VisitorOrder, label: string) => (
    <Head column={column} label={label} search={search} onChange={onChange} />
  )
  return (
    <table className={styles.table} aria-label="Visitors">
      <thead>
        <tr>
          {head('code', 'Visitor code')}
          {head('conversions', 'Conversions')}
          {head('revenue', 'Revenue')}
          {head('lastSeen', 'Last seen')}
        </tr>
      </thead>
      <tbody>
        {visitors.map(({ visitorCode, conversions, amounts, lastSeen }) => (
          <tr key={visitorCode}>
            <td className={styles.code}>
              <Anchor component={Link} href={visitorPlace(visitorCode)} ff="monospace" inherit>
                {visitorCode}
              </Anchor>
            </td>
            <td data-number>{counted(conversions)}</td>
            <td data-number>
              <Amounts amounts={amounts} />
            </td>
            <td>
              <Time at={lastSeen} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const NUMBERS: VisitorOrder[] = ['conversions', 'revenue']

interface HeadProps extends Omit<VisitorsTableProps, 'visitors'> {
  column: VisitorOrder
  label: string
}

/** The head of a column, which sorts by it; again, in the other direction. */
function Head({ column, label, search: { sort, order }, onChange }: HeadProps) {
  const isSorted = sort === column
  const Icon = isSorted ? (order === 'ascending' ? IconArrowUp : IconArrowDown) : IconArrowsSort
  const next = isSorted ? opposite(order) : FIRST_ORDER[column]
  return (
    <th scope="col" aria-sort={isSorted ? order : undefined} data-number={NUMBERS.includes(column) || undefined}>
      <UnstyledButton
        className={styles.sort}
        data-sorted={isSorted || undefined}
        onClick={() => onChange({ sort: column, order: next })}
      >
        {label}
        <Icon size={13} aria-hidden />
      </UnstyledButton>
    </th>
  )
}
