import { Anchor, CloseButton, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '../parts/icons'
import { useState } from 'react'
import { Link } from 'wouter'
import type { VisitorSummary } from '../../contract'
import { useVisitors, useWorkbenchState } from '../api/queries'
import { visitorPlace } from '../parts/places'
import { Time } from '../parts/time'
import { Loaded, View } from '../parts/view'
import { money } from '../parts/words'
import { DeleteUser } from './delete-user'
import { FindVisitor } from './find-visitor'
import styles from './visitors.module.css'

export function VisitorsView() {
  const [search, setSearch] = useState('')
  const [searched] = useDebouncedValue(search.trim(), 250)
  const visitors = useVisitors(searched)
  const { data: state } = useWorkbenchState()
  if (state?.target.kind === 'real') return <FindVisitor />
  return (
    <View title="Visitors" about="The visitors in the emulator, most recent first." actions={<DeleteUser />}>
      <TextInput
        maw={420}
        aria-label="Search visitors"
        placeholder="Search visitor codes…"
        leftSection={<IconSearch size={15} />}
        rightSection={search && <CloseButton size="sm" aria-label="Clear search" onClick={() => setSearch('')} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <Loaded answer={visitors} what="the visitors">
        {(list) => <VisitorsTable visitors={list} isSearch={searched !== ''} />}
      </Loaded>
    </View>
  )
}

function VisitorsTable({ visitors, isSearch }: { visitors: VisitorSummary[]; isSearch: boolean }) {
  if (visitors.length === 0) {
    return (
      <Text c="dimmed" ta="center" p="xl">
        {isSearch ? 'No visitor code matches.' : 'No visitors yet.'}
      </Text>
    )
  }
  return (
    <table className={styles.table} aria-label="Visitors, most recent first">
      <thead>
        <tr>
          <th scope="col">Visitor code</th>
          <th scope="col" data-number>
            Conversions
          </th>
          <th scope="col" data-number>
            Revenue
          </th>
          <th scope="col">Last seen</th>
        </tr>
      </thead>
      <tbody>
        {visitors.map(({ visitorCode, conversions, revenue, lastSeen }) => (
          <tr key={visitorCode}>
            <td>
              <Anchor component={Link} href={visitorPlace(visitorCode)} ff="monospace" inherit>
                {visitorCode}
              </Anchor>
            </td>
            <td data-number>{conversions}</td>
            <td data-number>{money(revenue)}</td>
            <td>
              <Time at={lastSeen} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
