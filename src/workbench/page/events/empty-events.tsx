import { Paper, Stack, Text, Title } from '@mantine/core'
import type { WorkbenchState } from '../../contract'
import { ConnectSource } from '../about/connect-source'

export function EmptyEvents({ filtered, state }: { filtered: boolean; state: WorkbenchState | undefined }) {
  if (filtered) {
    return (
      <Text c="dimmed" ta="center" p="xl">
        No event passes this filter.
      </Text>
    )
  }
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2}>No events yet</Title>
        <Text size="sm">
          Send a sample with the button above, or let a program of yours send to this workbench as it would to Segment:
        </Text>
        {state && <ConnectSource state={state} />}
      </Stack>
    </Paper>
  )
}
