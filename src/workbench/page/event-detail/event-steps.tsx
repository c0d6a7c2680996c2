import { Anchor, Group, Stack, Text } from '@mantine/core'
import { IconArrowsRight, IconDownload, IconFilterOff } from '../parts/icons'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Delivery, EventDetail } from '../../contract'
import { EventBadge } from '../parts/badges'
import type { Tone } from '../parts/words'
import { JsonView } from '../parts/code-view'
import { Time } from '../parts/time'
import { STATUS } from '../parts/words'
import { AttemptView } from './attempt-view'
import { discardedIn } from './discarded-parts'
import { EventActions } from './event-actions'
import styles from './event-detail.module.css'
import { EventFacts } from './event-facts'

interface EventStepsProps {
  detail: EventDetail
  onEdit: (text: string) => void
}

/** What happened to an event: received, mapped, sent, and the outcome of each attempt. */
export function EventSteps({ detail, onEdit }: EventStepsProps) {
  const { summary, event, deliveries } = detail
  const matched = deliveries.filter(({ matched }) => matched)
  return (
    <Stack gap="sm">
      <EventFacts {...detail} />
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
          <JsonView value={event} what="the received event" height={matched.length > 0 ? 'short' : undefined} />
        </Step>
        {matched.map((delivery) => (
          <DeliveryStep key={delivery.subscriptionId} delivery={delivery} />
        ))}
        <NotMatched deliveries={deliveries} startsClosed={matched.length > 0} />
        {deliveries.length === 0 && (
          <Text size="sm" c="dimmed">
            {summary.status === 'waiting' ? 'The event has not been mapped yet.' : 'There are no mappings.'}
          </Text>
        )}
      </div>
    </Stack>
  )
}

/** The payload that one mapping produced, and every attempt to deliver it. */
function DeliveryStep({ delivery }: { delivery: Delivery }) {
  const { subscriptionId, subscriptionName, partnerAction, subscribe, status, payload, attempts } = delivery
  return (
    <Step
      tone={discardedIn(attempts) > 0 ? 'bad' : STATUS[status].tone}
      icon={<IconArrowsRight size={14} />}
      title={
        <Group gap="xs">
          <Anchor component={Link} href={`/destination/mappings/${subscriptionId}`} inherit underline="always">
            {subscriptionName}
          </Anchor>
          <EventBadge event={{ status, discarded: discardedIn(attempts) }} />
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

/** The mappings that did not match the event, with the reasons. Closed at first when another mapping matched. */
function NotMatched({ deliveries, startsClosed }: { deliveries: Delivery[]; startsClosed: boolean }) {
  const unmatched = deliveries.filter(({ matched }) => !matched)
  if (unmatched.length === 0) return null
  return (
    <Step
      tone="quiet"
      icon={<IconFilterOff size={14} />}
      title={`Not matched by ${unmatched.length} ${unmatched.length === 1 ? 'mapping' : 'mappings'}`}
    >
      <Part title="Reasons" startsClosed={startsClosed}>
        <ul className={styles.unmatched}>
          {unmatched.map(({ subscriptionId, subscriptionName, whyNot }) => (
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

/** One step in the processing of an event. */
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

/** A section that can be opened and closed. */
function Part({ title, startsClosed, children }: { title: ReactNode; startsClosed?: boolean; children: ReactNode }) {
  return (
    <details className={styles.part} open={!startsClosed}>
      <summary>{title}</summary>
      {children}
    </details>
  )
}
