import { Button, Text, TextInput } from '@mantine/core'
import { IconSearch } from '../parts/icons'
import { useState } from 'react'
import type { Discarded } from '../../contract'
import { useDiscarded, useWorkbenchState } from '../api/queries'
import { Loaded, View } from '../parts/view'
import styles from './discarded.module.css'
import { DiscardedPart } from './discarded-part'

export function DiscardedView() {
  const discarded = useDiscarded()
  const { data: state } = useWorkbenchState()
  return (
    <View
      title="Discarded"
      about="What Kameleoon accepted and then did not keep. The real Kameleoon responds before it checks a request, so only the emulator can show this."
    >
      {state?.target.kind === 'real' ? (
        <Text>Events go to the real Kameleoon, which does not report what it discards.</Text>
      ) : (
        <Loaded answer={discarded} what="the discarded data">
          {(list) => <List list={list} />}
        </Loaded>
      )}
    </View>
  )
}

function List({ list }: { list: Discarded[] }) {
  if (list.length === 0) {
    return (
      <Text c="dimmed" size="sm" maw={760}>
        Nothing was discarded. The destination checks events before it sends them, so this list shows only what it
        cannot check, for example a mapping with a fixed goal id that does not exist in the project.
      </Text>
    )
  }
  return <Searchable list={list} />
}

const SEARCHED_FROM = 5
const SHOWN_AT_ONCE = 100

function Searchable({ list }: { list: Discarded[] }) {
  const [search, setSearch] = useState('')
  const [most, setMost] = useState(SHOWN_AT_ONCE)
  const found = list.filter((one) => containsText(one, search))
  return (
    <>
      {list.length > SEARCHED_FROM && (
        <TextInput
          maw={420}
          aria-label="Search what was discarded"
          placeholder="Search reason, event, visitor, value…"
          leftSection={<IconSearch size={15} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <Text size="xs" c="dimmed" role="status">
        {found.length === list.length ? '' : `${found.length.toLocaleString('en')} of `}
        {list.length.toLocaleString('en')} discarded
      </Text>
      <ul className={styles.list} aria-label="Discarded, latest first">
        {found.slice(0, most).map((one, index) => (
          <DiscardedPart key={index} part={one} />
        ))}
      </ul>
      {found.length > most && (
        <Button variant="default" onClick={() => setMost(most + SHOWN_AT_ONCE)}>
          Show more
        </Button>
      )}
    </>
  )
}

/** Whether anything that is shown of it contains the text; upper and lower case are equal. */
function containsText(part: Discarded, search: string): boolean {
  return JSON.stringify(part).toLowerCase().includes(search.trim().toLowerCase())
}
