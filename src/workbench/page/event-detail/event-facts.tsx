import { Anchor, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { Delivery, EventDetail, EventOrigin } from '../../contract'
import { visitorPlace } from '../parts/places'
import { STATUS } from '../parts/words'
import { NextAttempt } from './attempt-view'
import styles from './event-detail.module.css'
import { ReplayFact } from './replay-fact'
import { WhatKameleoonDid } from './results'

const ORIGINS: Record<EventOrigin, string> = {
  'tracking-api': 'a program (Tracking API)',
  page: 'this page',
  file: 'a file',
  replay: 'a replay',
  sample: 'a sample',
  example: 'the included examples',
  test: 'a test event of one mapping'
}

export function EventFacts({ summary, event, replayOf, deliveries }: EventDetail) {
  const { visitorCode, reason, status, discarded, attempts } = summary
  const nextAttempt = status === 'retrying' ? nextOf(deliveries) : undefined
  return (
    <dl className={styles.facts}>
      <dt>Outcome</dt>
      <dd>
        {STATUS[status].label}: {STATUS[status].meaning}
        {attempts > 1 && `, after ${attempts} attempts`}
        {reason && <Text size="sm">{reason}</Text>}
        {nextAttempt && <NextAttempt at={nextAttempt} />}
        {discarded > 0 && (
          <Text size="sm" fw={600} c="var(--tone-bad)">
            Kameleoon accepted the request and then discarded {discarded} {discarded === 1 ? 'part' : 'parts'} of it.
          </Text>
        )}
      </dd>
      {replayOf && <ReplayFact replayOf={replayOf} summary={summary} event={event} deliveries={deliveries} />}
      <WhatKameleoonDid event={event} deliveries={deliveries} />
      <dt>Type</dt>
      <dd>{summary.type}</dd>
      <dt>Visitor</dt>
      <dd>
        {visitorCode ? (
          <Anchor component={Link} href={visitorPlace(visitorCode)} ff="monospace" inherit underline="always">
            {visitorCode}
          </Anchor>
        ) : (
          'The event names no visitor.'
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

/** The earliest time at which one of the mappings sends the event again. */
function nextOf(deliveries: Delivery[]): string | undefined {
  return deliveries
    .flatMap(({ attempts }) => attempts.at(-1)?.nextAttemptAt ?? [])
    .sort()
    .at(0)
}
