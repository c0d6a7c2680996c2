import { Anchor, Group, Stack, Text } from '@mantine/core'
import { IconArrowsRight, IconDownload, IconFilterOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Delivery, EventDetail } from '../../contract'
import { StatusBadge } from '../parts/badges'
import type { Tone } from '../parts/words'
import { JsonView } from '../parts/code-view'
import { Time } from '../parts/time'
import { STATUS } from '../parts/words'
import { AttemptView } from './attempt-view'
import { EventActions } from './event-actions'
import styles from './event-detail.module.css'
import { EventFacts } from './event-facts'

interface EventWayProps {
  detail: EventDetail
  onEdit: (text: string) => void
}

/** The way of an event from its arrival to what Kameleoon made of it. */
export function EventWay({ detail: { summary, event, deliveries }, onEdit }: EventWayProps) {
  const taken = deliveries.filter(({ matched }) => matched)
  return (
    <Stack gap="sm">
      <EventFacts summary={summary} deliveries={deliveries} />
      <EventActions summary={summary} event={event} onEdit={onEdit} />
      <div>
        <Step
          tone="quiet"
          icon={<IconDownload size={14} />}
          title={
            <Group gap="xs">
              Received <Time at={summary.receivedAt} c="dimmed" />
            </Group>
          }
        >
          <JsonView value={event} what="the received event" height={taken.length > 0 ? 'short' : undefined} />
        </Step>
        {taken.map((delivery) => (
          <DeliveryStep key={delivery.subscriptionId} delivery={delivery} />
        ))}
        <NotTaken deliveries={deliveries} startsClosed={taken.length > 0} />
        {deliveries.length === 0 && (
          <Text size="sm" c="dimmed">
            {summary.status === 'waiting' ? 'The mappings have not seen it yet.' : 'There is no mapping.'}
          </Text>
        )}
      </div>
    </Stack>
  )
}

/** What one mapping made of the event, and every attempt to deliver it. */
function DeliveryStep({ delivery }: { delivery: Delivery }) {
  const { subscriptionId, subscriptionName, partnerAction, subscribe, status, payload, attempts } = delivery
  return (
    <Step
      tone={STATUS[status].tone}
      icon={<IconArrowsRight size={14} />}
      title={
        <Group gap="xs">
          <Anchor component={Link} href={`/destination/mappings/${subscriptionId}`} inherit underline="always">
            {subscriptionName}
          </Anchor>
          <StatusBadge status={status} />
        </Group>
      }
    >
      <Text size="sm" c="dimmed">
        Matched <code>{subscribe}</code>, action <code>{partnerAction}</code>
      </Text>
      <Stack gap="xs" mt={6}>
        <Part title="Resolved payload" startsClosed={attempts.some(({ exchanges }) => exchanges.length > 0)}>
          <JsonView value={payload} what="the resolved payload" />
        </Part>
        {attempts.map((attempt) => (
          <AttemptView key={attempt.number} attempt={attempt} />
        ))}
      </Stack>
    </Step>
  )
}

/** The mappings that let the event pass by, each with its reason: a side matter once another took it. */
function NotTaken({ deliveries, startsClosed }: { deliveries: Delivery[]; startsClosed: boolean }) {
  const passing = deliveries.filter(({ matched }) => !matched)
  if (passing.length === 0) return null
  return (
    <Step
      tone="quiet"
      icon={<IconFilterOff size={14} />}
      title={`Not taken by ${passing.length} ${passing.length === 1 ? 'mapping' : 'mappings'}`}
    >
      <Part title="Why not" startsClosed={startsClosed}>
        <ul className={styles.passing}>
          {passing.map(({ subscriptionId, subscriptionName, whyNot }) => (
            <li key={subscriptionId}>
              <Anchor component={Link} href={`/destination/mappings/${subscriptionId}`} inherit underline="always">
                {subscriptionName}
              </Anchor>
              {whyNot && `: ${whyNot}`}
            </li>
          ))}
        </ul>
      </Part>
    </Step>
  )
}

interface StepProps {
  tone: Tone
  icon: ReactNode
  title: ReactNode
  children?: ReactNode
}

/** One station on the way of an event. */
export function Step({ tone, icon, title, children }: StepProps) {
  return (
    <section className={styles.step}>
      <span className={styles.dot} data-tone={tone} aria-hidden>
        {icon}
      </span>
      <h3 className={styles.stepTitle}>{title}</h3>
      {children}
    </section>
  )
}

/** Something to look into when it is wanted. */
function Part({ title, startsClosed, children }: { title: ReactNode; startsClosed?: boolean; children: ReactNode }) {
  return (
    <details className={styles.part} open={!startsClosed}>
      <summary>{title}</summary>
      {children}
    </details>
  )
}
