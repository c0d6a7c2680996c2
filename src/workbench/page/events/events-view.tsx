import { useSessionStorage } from '@mantine/hooks'
import { useState } from 'react'
import { useWorkbenchState } from '../api/reading'
import { EventDrawer } from '../event-detail/event-drawer'
import { Loaded } from '../parts/loaded'
import { View } from '../parts/view'
import { ClearButton } from './clear-button'
import { EmptyEvents } from './empty-events'
import { isFiltered } from './event-filter'
import { EventFilters } from './event-filters'
import { EventsTable } from './events-table'
import { FaultsNote } from './faults-note'
import { PauseButton } from './pause-button'
import { SendDialog } from './send-dialog'
import { SendMenu } from './send-menu'
import { useEventFilter } from './use-event-filter'
import { useEventList } from './use-event-list'

/** The live list, and over it the event that is looked at. */
export function EventsView({ openId }: { openId: string | undefined }) {
  const [filter, setFilter] = useEventFilter()
  const list = useEventList(filter)
  const { data: state } = useWorkbenchState()
  const [draft, setDraft] = useSessionStorage<string | null>({ key: 'event-draft', defaultValue: null })
  const [isSending, setSending] = useState(false)
  const isReal = state?.target.kind === 'real'
  const write = (text: string | null) => {
    if (text !== null) setDraft(text)
    setSending(true)
  }

  return (
    <View
      title="Events"
      actions={
        <>
          <PauseButton received={state?.counts.received ?? 0} />
          <ClearButton isEmulator={!isReal} />
          <SendMenu isReal={isReal} onWrite={() => write(null)} />
        </>
      }
    >
      <FaultsNote faults={state?.faults ?? []} />
      <EventFilters filter={filter} onChange={setFilter} />
      <Loaded answer={list} what="the events">
        {(held) =>
          held.events.length === 0 ? (
            <EmptyEvents filtered={isFiltered(filter)} state={state} />
          ) : (
            <EventsTable list={held} filter={filter} openId={openId} />
          )
        }
      </Loaded>
      <EventDrawer id={openId} events={list.data?.events ?? []} onEdit={write} />
      <SendDialog isReal={isReal} opened={isSending} text={draft} onText={setDraft} onClose={() => setSending(false)} />
    </View>
  )
}
