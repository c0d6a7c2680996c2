import { Anchor, Text, Title } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import type { EventDetail } from '../../contract'
import { useEventDetail } from '../api/queries'
import { KameleoonResults } from '../event-detail/results'
import { StatusBadge } from '../parts/badges'
import { Failure } from '../parts/view'
import { STATUS } from '../parts/words'
import styles from './send.module.css'

interface SentPanelProps {
  ids: string[]
  /** Called when a link leads away from the dialog. */
  onLeave: () => void
}

/** What became of the events that were sent last. */
export function SentPanel({ ids, onLeave }: SentPanelProps) {
  const panel = useRef<HTMLElement>(null)
  // On a phone it is below the form.
  useEffect(() => {
    // Newer browsers return a promise, which an effect must not.
    void panel.current?.scrollIntoView({ block: 'start' })
  }, [ids])
  return (
    <section ref={panel} className={styles.panel} aria-label="What happened">
      <Title order={3}>What happened</Title>
      <div role="status">
        {ids.length === 1 ? (
          <SentEvent id={ids[0]} onLeave={onLeave} />
        ) : (
          <Text size="sm">
            {ids.length.toLocaleString('en')} events are sent.{' '}
            <Anchor component={Link} href="/events" inherit underline="always" onClick={onLeave}>
              See them in the list
            </Anchor>
          </Text>
        )}
      </div>
    </section>
  )
}

function SentEvent({ id, onLeave }: { id: string; onLeave: () => void }) {
  const { data, error } = useEventDetail(id)
  if (error) return <Failure error={error} title="The result could not be loaded" />
  if (!data) return <Text size="sm">Sent…</Text>
  return (
    <>
      <Outcome detail={data} />
      <Anchor component={Link} href={`/events/${id}`} size="sm" underline="always" onClick={onLeave}>
        Open event no. {data.summary.number}
      </Anchor>
    </>
  )
}

function Outcome({ detail: { summary, event, deliveries } }: { detail: EventDetail }) {
  const { status, reason } = summary
  return (
    <>
      <Text size="sm" component="div" className={styles.outcome}>
        <StatusBadge status={status} />
        <span>{reason ?? `${STATUS[status].meaning}.`}</span>
      </Text>
      <KameleoonResults event={event} deliveries={deliveries} />
    </>
  )
}
