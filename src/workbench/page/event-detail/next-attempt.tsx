import { Text } from '@mantine/core'
import { duration } from '../parts/duration'
import { Time } from '../parts/time'
import { useNow } from '../parts/use-now'

export function NextAttempt({ at }: { at: string }) {
  const secondsLeft = (Date.parse(at) - useNow()) / 1_000
  if (secondsLeft <= 0) {
    return (
      <Text size="sm" c="dimmed">
        Was sent again at <Time at={at} />.
      </Text>
    )
  }
  return (
    <Text size="sm" c="var(--tone-again)" fw={600}>
      Sent again in {duration(Math.ceil(secondsLeft))}
    </Text>
  )
}
