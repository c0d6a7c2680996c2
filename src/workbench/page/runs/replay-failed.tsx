import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconRepeat } from '../parts/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ManyReplayForecast, Run } from '../../contract'
import { keys } from '../api/queries'
import { request, withQuery } from '../api/request'
import { Confirm } from '../parts/confirm'
import { manyReplayInWords, replayButtonWords } from './replay-words'

/** Sends all failed events of the list again, after the user has read what will happen. */
export function ReplayFailed({ q }: { q: string }) {
  const [opened, { open, close }] = useDisclosure()
  const { data: forecast } = useQuery({
    queryKey: keys.replayForecast(q),
    queryFn: () => request<ManyReplayForecast>('GET', withQuery('runs/replay', { q })),
    placeholderData: (previous) => previous
  })
  const replay = useMutation({ mutationFn: () => request<Run>('POST', 'runs/replay', { q }), onSuccess: close })
  if (!forecast || (forecast.events === 0 && !opened)) return null
  return (
    <>
      <Button variant="default" leftSection={<IconRepeat size={16} />} onClick={open}>
        {replayButtonWords(forecast)}
      </Button>
      <Confirm
        opened={opened}
        title={`${replayButtonWords(forecast)}?`}
        doing={replayButtonWords(forecast)}
        danger={forecast.target === 'real'}
        busy={replay.isPending}
        error={replay.error}
        onConfirm={() => replay.mutate()}
        onCancel={close}
      >
        {manyReplayInWords(forecast, q !== '').map((sentence) => (
          <Text key={sentence} size="sm">
            {sentence}
          </Text>
        ))}
      </Confirm>
    </>
  )
}
