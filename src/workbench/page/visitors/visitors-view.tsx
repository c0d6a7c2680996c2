import { CloseButton, Pagination, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '../parts/icons'
import { useEffect, useState } from 'react'
import type { VisitorList } from '../../contract'
import { useVisitors, useWorkbenchState } from '../api/queries'
import { Loaded, View } from '../parts/view'
import { counted } from '../parts/words'
import { DeleteUser } from './delete-user'
import { FindVisitor } from './find-visitor'
import { useVisitorSearch } from './use-visitor-search'
import { PAGE_SIZE, queryOf, type VisitorSearch } from './visitor-search'
import { VisitorsTable } from './visitors-table'

type Change = ReturnType<typeof useVisitorSearch>['change']

export function VisitorsView() {
  const { current, change } = useVisitorSearch()
  const visitors = useVisitors(queryOf(current))
  const { data: state } = useWorkbenchState()
  if (state?.target.kind === 'real') return <FindVisitor />
  return (
    <View title="Visitors" about="Everyone whom the emulator knows." actions={<DeleteUser />}>
      <SearchField search={current.search} onChange={change} />
      <Loaded answer={visitors} what="the visitors">
        {(list) => <Found list={list} search={current} onChange={change} />}
      </Loaded>
    </View>
  )
}

function SearchField({ search, onChange }: { search: string; onChange: Change }) {
  const [text, setText] = useState(search)
  // A link or the history of the browser may change it, too.
  useEffect(() => setText((typed) => (typed.trim() === search ? typed : search)), [search])
  const find = useDebouncedCallback((typed: string) => onChange({ search: typed.trim() }, true), 200)
  const type = (typed: string) => {
    setText(typed)
    find(typed)
  }
  return (
    <TextInput
      maw={420}
      aria-label="Search visitors"
      placeholder="Part of a visitor code or of a user id"
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={text && <CloseButton size={26} aria-label="Clear search" onClick={() => type('')} />}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
    />
  )
}

interface FoundProps {
  list: VisitorList
  search: VisitorSearch
  onChange: Change
}

function Found({ list: { visitors, total }, search, onChange }: FoundProps) {
  if (total === 0) {
    return (
      <Text c="dimmed" ta="center" p="xl" role="status">
        {search.search === '' ? 'No visitors yet.' : 'No visitor code and no user id contains this.'}
      </Text>
    )
  }
  const pages = Math.ceil(total / PAGE_SIZE)
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed" role="status">
        {countInWords(total, search, visitors.length)}
      </Text>
      <VisitorsTable visitors={visitors} search={search} onChange={onChange} />
      {pages > 1 && (
        <Pagination
          aria-label="Pages of the list"
          total={pages}
          value={Math.min(search.page, pages)}
          onChange={(page) => onChange({ page })}
          getItemProps={(page) => ({ 'aria-label': `Page ${page}` })}
          getControlProps={(control) => ({ 'aria-label': control === 'next' ? 'Next page' : 'Previous page' })}
        />
      )}
    </Stack>
  )
}

/** Such as "36 visitors", or "Visitors 101 to 200 of 20,000". */
export function countInWords(total: number, { search, page }: VisitorSearch, shown: number): string {
  const word = total === 1 ? 'visitor' : 'visitors'
  const found = search === '' ? `${counted(total)} ${word}` : `${counted(total)} ${word} found`
  if (total <= PAGE_SIZE) return found
  const first = (page - 1) * PAGE_SIZE + 1
  return `${found}; ${counted(first)} to ${counted(first + shown - 1)} are shown`
}
