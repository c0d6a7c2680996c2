import { Anchor, Stack, Text } from '@mantine/core'
import { Link } from 'wouter'
import { useFaults, useWorkbenchState } from '../api/reading'
import { Loaded } from '../parts/loaded'
import { View } from '../parts/view'
import { FaultCard } from './fault-card'

export function FaultsView() {
  const faults = useFaults()
  const { data: state } = useWorkbenchState()
  const isReal = state?.target.kind === 'real'
  return (
    <View
      title="Faults"
      about={
        <>
          Makes the emulated Kameleoon fail on purpose. Switch one on, send a sample on the{' '}
          <Anchor component={Link} href="/events" inherit underline="always">
            Events
          </Anchor>{' '}
          page, and watch how it is sent again as Segment would do it.
        </>
      }
    >
      {isReal && <Text>Events go to the real Kameleoon, which cannot be made to fail from here.</Text>}
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
