import { Alert, Anchor, Paper, Stack, Text, Title } from '@mantine/core'
import { useSessionStorage } from '@mantine/hooks'
import { IconBolt } from '../parts/icons'
import { useState } from 'react'
import { Link } from 'wouter'
import type { WorkbenchState } from '../../contract'
import { isFiltered } from '../api/event-list'
import { useEventFilter, useEventList, useFaults, useWorkbenchState } from '../api/queries'
import { EventDrawer } from '../event-detail/event-drawer'
import { ConnectSource } from '../parts/connect-source'
import { Loaded, View } from '../parts/view'
import { EventFilters } from './event-filters'
import { EventsTable } from './events-table'
import { ClearButton, PauseButton } from './list-buttons'
import { SendDialog, SendMenu } from './send'

/** The live list of events, and the details of the open event. */
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

/** A reminder that faults are switched on. */
function FaultsNote({ faults }: { faults: string[] }) {
  const { data } = useFaults()
  if (faults.length === 0) return null
  const labels = faults.map((id) => data?.find((fault) => fault.id === id)?.label ?? id)
  return (
    <Alert color="orange" variant="outline" p="xs" icon={<IconBolt />} role="note">
      Faults are on: {labels.join(', ')}.{' '}
      <Anchor component={Link} href="/faults" inherit underline="always">
        Switch them off
      </Anchor>
    </Alert>
  )
}

function EmptyEvents({ filtered, state }: { filtered: boolean; state: WorkbenchState | undefined }) {
  if (filtered) {
    return (
      <Text c="dimmed" ta="center" p="xl">
        No events match this filter.
      </Text>
    )
  }
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2}>No events yet</Title>
        <Text size="sm">
          Send a sample with the Send button above, or configure a program to send to this workbench instead of Segment:
        </Text>
        {state && <ConnectSource state={state} />}
      </Stack>
    </Paper>
  )
}
