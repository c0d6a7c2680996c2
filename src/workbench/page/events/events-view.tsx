import { Alert, Anchor, Paper, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBolt } from '../parts/icons'
import { useRef } from 'react'
import { Link, useLocation } from 'wouter'
import type { WorkbenchState } from '../../contract'
import { useEventList, useFaults, useWorkbenchState } from '../api/queries'
import { EventDrawer } from '../event-detail/event-drawer'
import { ConnectSource } from '../parts/connect-source'
import { eventListPlace } from '../parts/places'
import { Loaded, View } from '../parts/view'
import { DropFiles } from '../runs/drop-file'
import { OpenFileButton } from '../runs/open-file'
import { ReplayFailed } from '../runs/replay-failed'
import { useSending } from '../send/send'
import { EventFilters, SEARCH_ID } from './event-filters'
import { EventsTable } from './events-table'
import { ExportMenu } from './export-menu'
import { ClearButton, PauseButton } from './list-buttons'
import { ListHelp } from './list-help'
import { ListStatus } from './list-status'
import { NothingFound } from './nothing-found'
import { useEventNeighbours } from './use-event-neighbours'
import { useEventSearch } from './use-event-search'
import { useListFocus } from './use-list-focus'
import { useListHold } from './use-list-hold'
import { useListKeys } from './use-list-keys'

const NO_LIST = { events: [], total: 0 }

/** The live list of events, and the details of the open event. */
export function EventsView({ openId }: { openId: string | undefined }) {
  const search = useEventSearch()
  const { q } = search
  const answer = useEventList(q, search.problem === null)
  const list = answer.data ?? NO_LIST
  const { data: state } = useWorkbenchState()
  const openSending = useSending()
  const [isHelpOpen, help] = useDisclosure()
  const [, navigate] = useLocation()
  const table = useRef<HTMLTableElement>(null)
  const showNew = useListHold(q, list.events.at(0)?.number, table)
  const rowFocus = useListFocus(list.events)
  const neighbours = useEventNeighbours(openId, list, q)
  useListKeys({
    isOpen: openId !== undefined,
    step: (by) =>
      openId === undefined ? rowFocus.step(by) : neighbours.go(by > 0 ? neighbours.older : neighbours.newer),
    jump: rowFocus.jump,
    search: () => document.getElementById(SEARCH_ID)?.focus(),
    help: help.open
  })
  const isReal = state?.target.kind === 'real'
  const closeEvent = () => {
    navigate(eventListPlace(q))
    if (openId !== undefined) rowFocus.focus(openId)
  }

  return (
    <View
      title="Events"
      actions={
        <>
          <PauseButton received={state?.counts.received ?? 0} />
          <ClearButton isEmulator={!isReal} />
          <ExportMenu q={q} isEmulator={!isReal} />
          {search.problem === null && <ReplayFailed q={q} />}
          <OpenFileButton />
        </>
      }
    >
      <DropFiles />
      <FaultsNote faults={state?.faults ?? []} />
      <EventFilters search={search} onHelp={help.open} onDown={() => rowFocus.jump('first')} />
      <Loaded answer={answer} what="the events">
        {(held) =>
          held.events.length === 0 ? (
            <NoEvents q={q} state={state} onHelp={help.open} />
          ) : (
            <>
              <ListStatus list={held} q={q} onShowNew={showNew} />
              <EventsTable
                table={table}
                list={held}
                q={q}
                openId={openId}
                wanted={rowFocus.wanted}
                lastFocused={rowFocus.last}
                onFocus={rowFocus.onFocus}
              />
            </>
          )
        }
      </Loaded>
      <EventDrawer id={openId} events={list.events} neighbours={neighbours} onClose={closeEvent} onEdit={openSending} />
      <ListHelp opened={isHelpOpen} onClose={help.close} />
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

interface NoEventsProps {
  q: string
  state: WorkbenchState | undefined
  onHelp: () => void
}

function NoEvents({ q, state, onHelp }: NoEventsProps) {
  if (q !== '') return <NothingFound q={q} onHelp={onHelp} />
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2}>No events yet</Title>
        <Text size="sm">
          Send one with the Send button at the top, or configure a program to send to this workbench instead of Segment:
        </Text>
        {state && <ConnectSource state={state} />}
      </Stack>
    </Paper>
  )
}
