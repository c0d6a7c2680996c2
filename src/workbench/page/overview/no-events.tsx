import { Anchor, Button, Group, Text, Title } from '@mantine/core'
import { IconFileUpload, IconSend } from '../parts/icons'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { WorkbenchState } from '../../contract'
import { request } from '../api/request'
import { ConnectSource } from '../parts/connect-source'
import { Failure } from '../parts/view'
import styles from './overview.module.css'

/** What to do before the first event: three ways to get one in, and what every event needs. */
export function NoEvents({ state }: { state: WorkbenchState | undefined }) {
  return (
    <div className={styles.sections}>
      <Text size="sm" maw={760}>
        No events yet. Here you will see how many events were received, delivered to Kameleoon and kept by it, and why
        others were not. Get a first event in:
      </Text>
      <ol className={styles.ways}>
        <WayIn number={1} title="Send a sample">
          <SendSample isReal={state?.target.kind === 'real'} />
        </WayIn>
        <WayIn number={2} title="Open a file">
          <Text size="sm">A file of Segment events, one JSON object per line, is opened on the page Events.</Text>
          <Group>
            <Button component={Link} href="/events" variant="default" leftSection={<IconFileUpload size={16} />}>
              Go to Events
            </Button>
          </Group>
        </WayIn>
        <WayIn number={3} title="Connect a source">
          <Text size="sm">Point a program that sends to Segment at this address:</Text>
          {state && <ConnectSource state={state} />}
        </WayIn>
      </ol>
      <VisitorCodeNote />
    </div>
  )
}

function WayIn({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className={styles.panel}>
      <Title order={2}>
        {number}. {title}
      </Title>
      {children}
    </li>
  )
}

function SendSample({ isReal }: { isReal: boolean }) {
  const [, navigate] = useLocation()
  const send = useMutation({
    mutationFn: () => request<{ ids: string[] }>('POST', 'samples/order'),
    onSuccess: ({ ids }) => navigate(`/events/${ids[0]}`)
  })
  return (
    <>
      <Text size="sm">
        An order of 49.90, as a shop would send it. You then see it on its way, step by step.
        {isReal && <b> It goes to the REAL Kameleoon.</b>}
      </Text>
      <Group>
        <Button
          color={isReal ? 'red' : undefined}
          leftSection={<IconSend size={16} />}
          loading={send.isPending}
          onClick={() => send.mutate()}
        >
          Send a sample order
        </Button>
      </Group>
      <Failure error={send.error} title="The sample was not sent" />
    </>
  )
}

/** The most frequent reason why first events fail. */
function VisitorCodeNote() {
  return (
    <section className={styles.panel} aria-labelledby="visitor-code">
      <Title order={2} id="visitor-code">
        Every event needs a visitor code
      </Title>
      <Text size="sm" maw={760}>
        Kameleoon knows visitors by its own visitor code, which it keeps in the cookie <code>kameleoonVisitorCode</code>
        . Put it into your events as the property, trait or context field <code>kameleoonVisitorCode</code>. An event
        without one is delivered only when its userId is used as visitor code, too. Which field is read is set in the{' '}
        <Anchor component={Link} href="/destination" inherit underline="always">
          mappings
        </Anchor>
        .
      </Text>
    </section>
  )
}
