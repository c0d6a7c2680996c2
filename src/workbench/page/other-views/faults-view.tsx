import { Group, NativeSelect, Paper, Stack, Switch, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FaultSwitch } from '../../contract'
import { keys, useFaults, useWorkbenchState } from '../api/queries'
import { request } from '../api/request'
import { ToneBadge } from '../parts/badges'
import { Failure, Loaded, View } from '../parts/view'
import { TryOnce } from './try-fault'

export function FaultsView() {
  const faults = useFaults()
  const { data: state } = useWorkbenchState()
  const isReal = state?.target.kind === 'real'
  return (
    <View
      title="Faults"
      about="Makes the emulator fail on purpose. “Try once” lets the next call fail, sends a sample order and opens it, so that you see how Segment retries it. A switch keeps a fault on for all events."
    >
      {isReal && <Text>Events go to the real Kameleoon. Faults work only with the emulator.</Text>}
      <Loaded answer={faults} what="the faults">
        {(list) => (
          <Stack gap="xs">
            {list.map((fault) => (
              <FaultCard key={fault.id} fault={fault} disabled={isReal} />
            ))}
          </Stack>
        )}
      </Loaded>
    </View>
  )
}

const TIMES = [
  { value: '', label: 'until switched off' },
  { value: '1', label: 'once' },
  { value: '3', label: '3 times' },
  { value: '10', label: '10 times' }
]

/** A switch for one fault. How often it occurs is chosen before it is switched on. */
function FaultCard({ fault, disabled }: { fault: FaultSwitch; disabled: boolean }) {
  const client = useQueryClient()
  const [times, setTimes] = useState('')
  const change = useMutation({
    mutationFn: (on: boolean) =>
      request<FaultSwitch>('PUT', `faults/${fault.id}`, { on, ...(on && times !== '' && { times: Number(times) }) }),
    onSuccess: (changed) =>
      client.setQueryData<FaultSwitch[]>(keys.faults, (list) =>
        list?.map((one) => (one.id === changed.id ? changed : one))
      )
  })
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" gap="xs" align="flex-start">
        <Switch
          flex="1 1 260px"
          label={<b>{fault.label}</b>}
          description={fault.description}
          checked={change.isPending ? change.variables : fault.on}
          disabled={disabled}
          onChange={(event) => change.mutate(event.currentTarget.checked)}
        />
        <Group gap="xs">
          {fault.on ? (
            <ToneBadge tone="again">{hitsInWords(fault)}</ToneBadge>
          ) : (
            <NativeSelect
              aria-label={`How often ${fault.label} occurs`}
              data={TIMES}
              value={times}
              disabled={disabled}
              onChange={(event) => setTimes(event.currentTarget.value)}
            />
          )}
          <TryOnce fault={fault} disabled={disabled} />
        </Group>
      </Group>
      {!fault.on && fault.hits > 0 && (
        <Text size="xs" c="dimmed">
          Occurred {fault.hits} {fault.hits === 1 ? 'time' : 'times'} while it was on.
        </Text>
      )}
      <Failure error={change.error} title="The fault was not changed" />
    </Paper>
  )
}

function hitsInWords({ hits, times }: FaultSwitch): string {
  const words = `occurred ${hits} ${hits === 1 ? 'time' : 'times'}`
  return times === null ? words : `${words}, ${times} left`
}
