import { Anchor, Text, Title } from '@mantine/core'
import { IconArrowRight } from '../parts/icons'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Overview } from '../../contract'
import { eventListPlace } from '../parts/places'
import { counted, type Tone } from '../parts/words'
import styles from './overview.module.css'

interface WayProps {
  overview: Pick<Overview, 'events' | 'kameleoon'>
  isReal: boolean
}

/** The way of all events in three steps, and beside each step the events that went no further. */
export function Way({ overview: { events, kameleoon }, isReal }: WayProps) {
  const ofReceived = share(events.delivered, events.received)
  return (
    <section aria-label="The way of the events">
      <ol className={styles.way}>
        <Step count={events.received} label="Received" q="" about="from your sources">
          <Beside count={events.filtered} label="Filtered" q="status:filtered" tone="quiet">
            no mapping takes them, or there is nothing to send
          </Beside>
        </Step>
        <Step count={events.delivered} label="Delivered" q="status:delivered" about={ofReceived}>
          <Beside count={events.rejected} label="Failed" q="status:failed" tone="bad">
            not sent again
          </Beside>
          <Beside count={events.retrying} label="Retrying" q="status:retrying" tone="again">
            sent again soon
          </Beside>
          <Beside count={events.waiting} label="Waiting" q="status:waiting" tone="wait">
            not sent yet
          </Beside>
        </Step>
        <KeptStep kameleoon={kameleoon} isReal={isReal} delivered={events.delivered} />
      </ol>
    </section>
  )
}

interface KeptStepProps {
  kameleoon: Overview['kameleoon']
  isReal: boolean
  delivered: number
}

function KeptStep({ kameleoon: { kept, discarded, duplicate, nothing, unknown }, isReal, delivered }: KeptStepProps) {
  const isNotKnown = isReal || unknown > 0
  if (isNotKnown && kept + discarded + duplicate === 0) return <NotKnown unknown={unknown} />
  return (
    <Step
      count={kept}
      label="Kept by Kameleoon"
      q="status:delivered"
      about={share(kept, delivered, 'of the delivered')}
    >
      <Beside count={discarded} label="Discarded" q="status:discarded" tone="bad">
        accepted, but not kept
      </Beside>
      <Beside count={duplicate} label="Duplicates" q="status:duplicate" tone="quiet">
        received before, counted once
      </Beside>
      {nothing > 0 && (
        <Beside count={nothing} label="Nothing new" q="status:delivered" tone="quiet">
          Kameleoon has it already
        </Beside>
      )}
      {unknown > 0 && (
        <Beside count={unknown} label="Not known" q="status:delivered" tone="wait">
          sent to the real Kameleoon
        </Beside>
      )}
    </Step>
  )
}

/** The real Kameleoon accepts requests before it checks them, and reports nothing afterwards. */
function NotKnown({ unknown }: { unknown: number }) {
  return (
    <li className={styles.step}>
      <IconArrowRight className={styles.arrow} size={20} aria-hidden />
      <Title order={2} className={styles.stepTitle}>
        Kept by Kameleoon
      </Title>
      <Text fw={650}>Not known</Text>
      <Text size="sm" c="dimmed">
        The real Kameleoon does not report what it keeps
        {unknown > 0 && ` of the ${counted(unknown)} delivered events`}. Look at a visitor to see what was counted:
      </Text>
      <Anchor component={Link} href="/visitors" size="sm" underline="always">
        Was it counted?
      </Anchor>
    </li>
  )
}

interface StepProps {
  count: number
  label: string
  q: string
  about: string
  children: ReactNode
}

function Step({ count, label, q, about, children }: StepProps) {
  return (
    <li className={styles.step}>
      <IconArrowRight className={styles.arrow} size={20} aria-hidden />
      <Link href={eventListPlace(q)} className={styles.main}>
        <span className={styles.number}>{counted(count)}</span> <span className={styles.stepTitle}>{label}</span>
      </Link>
      <Text size="xs" c="dimmed">
        {about}
      </Text>
      <ul className={styles.beside}>{children}</ul>
    </li>
  )
}

interface BesideProps {
  count: number
  label: string
  q: string
  tone: Tone
  children: string
}

/** Events that did not go on to the next step. A count of zero is quiet. */
function Beside({ count, label, q, tone, children }: BesideProps) {
  return (
    <li>
      <Link href={eventListPlace(q)} className={styles.side} data-tone={count > 0 ? tone : undefined}>
        <b>{counted(count)}</b> <span>{label}</span>
      </Link>
      <Text span size="xs" c="dimmed">
        {children}
      </Text>
    </li>
  )
}

function share(count: number, all: number, of = 'of the received'): string {
  return all === 0 ? '' : `${Math.floor((count / all) * 100)}% ${of}`
}
