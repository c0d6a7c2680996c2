import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { keys } from '../api/keys'
import { setPause, usePause } from './pause'

/** Holds the list still to read it; what comes meanwhile is counted. */
export function PauseButton({ received }: { received: number }) {
  const client = useQueryClient()
  const receivedBefore = usePause()
  const isPaused = receivedBefore !== null
  const toggle = () => {
    setPause(isPaused ? null : received)
    if (isPaused) void client.invalidateQueries({ queryKey: keys.eventLists })
  }
  return (
    <Button
      variant={isPaused ? 'filled' : 'default'}
      leftSection={isPaused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
      onClick={toggle}
    >
      {isPaused ? `Resume (${Math.max(0, received - receivedBefore).toLocaleString('en')} new)` : 'Pause'}
    </Button>
  )
}
