import { Loader, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { EventPreview, MappingPreview } from '../../contract'
import { request } from '../api/request'
import { Failure } from '../parts/view'
import { NotSent, WhatHappens } from '../parts/what-happens'
import type { SegmentEvent } from './form-event'
import styles from './send.module.css'

interface HappensPanelProps {
  events: SegmentEvent[] | null
  /** How often events were sent: each time, what Kameleoon knows may have changed. */
  sent: number
  isReal: boolean
}

/** Most events that are looked at before they are sent. */
const MOST_SHOWN = 20

/** Milliseconds without typing before the server is asked. */
const TYPING_PAUSE = 250

/** What would happen if the events were sent now, kept up to date while the user types. */
export function HappensPanel({ events, sent, isReal }: HappensPanelProps) {
  const shown = events?.slice(0, MOST_SHOWN)
  const [asked] = useDebouncedValue(shown ? JSON.stringify(shown) : null, TYPING_PAUSE)
  const answer = useQuery({
    queryKey: ['event-preview', asked, sent, isReal],
    queryFn: () =>
      request<{ previews: EventPreview[] }>('POST', 'events/preview', { events: JSON.parse(asked ?? '[]') as unknown }),
    enabled: asked !== null,
    placeholderData: (previous) => previous,
    gcTime: 0
  })
  const previews = answer.data?.previews ?? []

  return (
    <section className={styles.panel} aria-label="What happens" aria-busy={answer.isFetching}>
      <Title order={3}>What happens</Title>
      {!shown && (
        <Text size="sm" c="dimmed">
          The event is not complete yet.
        </Text>
      )}
      <Failure error={answer.error} title="Not known" />
      <div role="status">
        {shown && previews.length === 0 && !answer.error && <Loader size="xs" aria-label="Loading what happens" />}
        {shown &&
          previews.map((preview, index) => (
            <Happening key={index} preview={preview} event={shown[index]} of={previews.length} />
          ))}
      </div>
      {events && events.length > MOST_SHOWN && (
        <Text size="xs" c="dimmed">
          Shown for the first {MOST_SHOWN} of {events.length.toLocaleString('en')} events.
        </Text>
      )}
      {isReal && shown && (
        <Text size="xs" c="dimmed">
          The real Kameleoon is not asked before you send: whether a goal exists and what is kept shows only there.
        </Text>
      )}
    </section>
  )
}

interface HappeningProps {
  preview: EventPreview
  event: SegmentEvent | undefined
  /** How many events there are. */
  of: number
}

function Happening({ preview: { status, reason, mappings }, event, of }: HappeningProps) {
  const taking = mappings.filter(({ matched }) => matched)
  return (
    <Stack gap="xs" className={styles.happening}>
      {of > 1 && event && (
        <Text size="sm" fw={600}>
          {String(event.type)} {typeof event.event === 'string' ? event.event : ''}
        </Text>
      )}
      {reason !== null && <NotSent failed={status === 'failed'}>{reason}</NotSent>}
      {taking.map((mapping) => (
        <Through key={mapping.subscriptionId} mapping={mapping} />
      ))}
      {taking.length === 0 && mappings.length > 0 && <WhyNone mappings={mappings} />}
    </Stack>
  )
}

function Through({ mapping: { subscriptionName, happens } }: { mapping: MappingPreview }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        Through the mapping {subscriptionName}
      </Text>
      <WhatHappens happens={happens} />
    </div>
  )
}

/** Why each of the mappings does not take the event. */
function WhyNone({ mappings }: { mappings: MappingPreview[] }) {
  return (
    <ul className={styles.reasons}>
      {mappings.map(({ subscriptionId, subscriptionName, happens }) => (
        <li key={subscriptionId}>
          {subscriptionName}: {happens.reason}
        </li>
      ))}
    </ul>
  )
}
