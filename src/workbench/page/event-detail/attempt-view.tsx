import { Group, Text } from '@mantine/core'
import type { Attempt } from '../../contract'
import { ToneBadge } from '../parts/badges'
import type { Tone } from '../parts/words'
import { Time, useNow } from '../parts/time'
import { duration } from '../parts/words'
import styles from './event-detail.module.css'
import { discardedIn } from './discarded-parts'
import { ExchangeView } from './exchange-view'

const OUTCOMES: Record<Attempt['outcome'], { label: string; tone: Tone }> = {
  delivered: { label: 'Delivered', tone: 'good' },
  filtered: { label: 'Filtered', tone: 'quiet' },
  rejected: { label: 'Failed', tone: 'bad' },
  retryable: { label: 'Retrying', tone: 'again' }
}

const DISCARDED: { label: string; tone: Tone } = { label: 'Accepted, then discarded', tone: 'bad' }

export function AttemptView({ attempt }: { attempt: Attempt }) {
  const { number, at, batchSize, status, outcome, reason, nextAttemptAt, exchanges } = attempt
  const { label, tone } = outcome === 'delivered' && discardedIn([attempt]) > 0 ? DISCARDED : OUTCOMES[outcome]
  return (
    <div className={styles.attempt} data-tone={tone} role="group" aria-label={`Attempt ${number}`}>
      <Group gap="xs">
        <h4 className={styles.attemptTitle}>Attempt {number}</h4>
        <ToneBadge tone={tone}>
          {label}, {status}
        </ToneBadge>
        <Time at={at} c="dimmed" />
        <Text size="xs" c="dimmed">
          {batchSize === 1 ? 'not in a batch' : `in a batch of ${batchSize.toLocaleString('en')}`}
        </Text>
      </Group>
      {reason && <Text size="sm">{reason}</Text>}
      {nextAttemptAt && <NextAttempt at={nextAttemptAt} />}
      {exchanges.length === 0 && (
        <Text size="xs" c="dimmed">
          No request was made for this event.
        </Text>
      )}
      {exchanges.map((exchange) => (
        <ExchangeView key={exchange.id} exchange={exchange} startsOpen={exchanges.length === 1} />
      ))}
    </div>
  )
}

export function NextAttempt({ at }: { at: string }) {
  const secondsLeft = (Date.parse(at) - useNow()) / 1_000
  if (secondsLeft <= 0) {
    return (
      <Text size="sm" c="dimmed">
        Sent again at <Time at={at} />.
      </Text>
    )
  }
  return (
    <Text size="sm" c="var(--tone-again)" fw={600}>
      Sent again in {duration(Math.ceil(secondsLeft))}
    </Text>
  )
}
