import { Anchor, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { EventOrigin, EventSummary } from '../../contract'
import { STATUS } from '../events/status'
import { visitorPlace } from '../visitors/visitor-place'
import styles from './event-detail.module.css'

const ORIGINS: Record<EventOrigin, string> = {
  'tracking-api': 'a program, over the Tracking API',
  page: 'this page',
  replay: 'a replay',
  sample: 'a sample',
  example: 'the examples of the package'
}

export function EventFacts({ summary }: { summary: EventSummary }) {
  const { visitorCode, reason, status, thrownAway } = summary
  return (
    <dl className={styles.facts}>
      <dt>Outcome</dt>
      <dd>
        {STATUS[status].label}: {STATUS[status].meaning}
        {reason && <Text size="sm">{reason}</Text>}
        {thrownAway > 0 && (
          <Text size="sm" fw={600} c="var(--tone-bad)">
            Kameleoon answered well and then threw {thrownAway} {thrownAway === 1 ? 'part' : 'parts'} away.
          </Text>
        )}
      </dd>
      <dt>Type</dt>
      <dd>{summary.type}</dd>
      <dt>Visitor</dt>
      <dd>
        {visitorCode ? (
          <Anchor component={Link} href={visitorPlace(visitorCode)} ff="monospace" inherit underline="always">
            {visitorCode}
          </Anchor>
        ) : (
          'none that the event tells'
        )}
      </dd>
      <dt>Message id</dt>
      <dd className={styles.mono}>{summary.messageId ?? 'none'}</dd>
      <dt>From</dt>
      <dd>
        {ORIGINS[summary.origin]}, no. {summary.number}
      </dd>
    </dl>
  )
}
