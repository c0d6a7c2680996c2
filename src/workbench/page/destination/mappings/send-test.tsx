import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { IconSend } from '../../parts/icons'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { useEventDetail, useWorkbenchState } from '../../api/queries'
import { request } from '../../api/request'
import { AttemptView } from '../../event-detail/attempt-view'
import styles from '../../event-detail/event-detail.module.css'
import { KameleoonResults } from '../../event-detail/results'
import { StatusBadge } from '../../parts/badges'
import { Confirm } from '../../parts/confirm'
import { Failure, Loaded } from '../../parts/view'
import { type MappingDraft, savedForm } from './drafts'

interface SendTestProps {
  /** Id of the mapping. */
  id: string
  draft: MappingDraft
  event: object | undefined
  /** Whether the mapping has no problem. */
  isValid: boolean
}

/** Sends an event through this mapping only, and shows what became of it. With the real Kameleoon, it asks once before. */
export function SendTest({ id, draft, event, isValid }: SendTestProps) {
  const target = useWorkbenchState().data?.target
  const isReal = target?.kind === 'real'
  const [isAsking, setAsking] = useState(false)
  const [isAllowed, setAllowed] = useState(false)
  const send = useMutation({
    mutationFn: () =>
      request<{ id: string }>('POST', 'subscriptions/test', { subscription: savedForm(draft), id, event })
  })
  const confirm = () => {
    setAsking(false)
    setAllowed(true)
    send.mutate()
  }
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button
          color={isReal ? 'red' : undefined}
          leftSection={<IconSend size={16} />}
          disabled={!event || !isValid}
          loading={send.isPending}
          onClick={() => (isReal && !isAllowed ? setAsking(true) : send.mutate())}
        >
          {isReal ? 'Send test event to the REAL Kameleoon' : 'Send test event'}
        </Button>
        <Text size="xs" c="dimmed" flex="1 1 160px">
          Goes through this mapping only, as it is now, saved or not.
        </Text>
      </Group>
      <Confirm
        opened={isAsking}
        title="Send to the REAL Kameleoon?"
        doing="Send"
        danger
        onConfirm={confirm}
        onCancel={() => setAsking(false)}
      >
        <Text size="sm">
          The event is counted in project {target?.sitecode}, as any other. You are asked once; further test events of
          this page are sent at once.
        </Text>
      </Confirm>
      <Failure error={send.error} title="Not sent" />
      {send.data && <TestResult key={send.data.id} id={send.data.id} isReal={isReal} />}
    </Stack>
  )
}

/** What became of a test event, while and after it is delivered. */
function TestResult({ id, isReal }: { id: string; isReal: boolean }) {
  const answer = useEventDetail(id)
  return (
    <Loaded answer={answer} what="the result">
      {({ summary, event, deliveries }) => {
        const attempts = deliveries.flatMap((delivery) => delivery.attempts)
        const whyNot = deliveries.find(({ matched }) => !matched)?.whyNot
        return (
          <section className={styles.tested} aria-label="Result of the test">
            <Group gap="xs">
              <StatusBadge status={summary.status} />
              <Anchor component={Link} href={`/events/${id}`} size="sm" underline="always">
                Event {summary.number}
              </Anchor>
            </Group>
            <Text size="sm" role="status">
              {whyNot ? `The filter does not take it: ${whyNot}.` : summary.reason}
            </Text>
            <KameleoonResults event={event} deliveries={deliveries} />
            {isReal && summary.status === 'delivered' && (
              <Text size="sm">
                The real Kameleoon does not tell what it kept. Open the visitor of the event to ask.
              </Text>
            )}
            {attempts.length > 0 && (
              <details className={styles.part}>
                <summary>Requests</summary>
                {attempts.map((attempt) => (
                  <AttemptView key={attempt.number} attempt={attempt} />
                ))}
              </details>
            )}
          </section>
        )
      }}
    </Loaded>
  )
}
