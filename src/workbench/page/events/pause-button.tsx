import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { keys } from '../api/keys'
import { pauseAt, resume, usePause } from './pause'

/** Holds the list still to read it; what comes meanwhile is counted. */
export function PauseButton({ newest }: { newest: number }) {
  const client = useQueryClient()
  const { paused, missed } = usePause()
  const toggle = () => {
    if (!paused) return pauseAt(newest)
    resume()
    void client.invalidateQueries({ queryKey: keys.eventLists })
  }
  return (
    <Button
      variant={paused ? 'filled' : 'default'}
      leftSection={paused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
      onClick={toggle}
    >
      {paused ? `Resume (${missed.size.toLocaleString('en')} new)` : 'Pause'}
    </Button>
  )
}
