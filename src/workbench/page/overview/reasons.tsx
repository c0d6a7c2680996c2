import { Anchor, Group, Text, Title } from '@mantine/core'
import { IconArrowBackUp, IconCircleOff, IconTrash, IconX } from '../parts/icons'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { ReasonGroup } from '../../contract'
import { ToneBadge } from '../parts/badges'
import { eventListPlace } from '../parts/places'
import { counted, titleOf, type Tone } from '../parts/words'
import { adviceFor, splitReason } from './advice'
import styles from './overview.module.css'

type Kind = ReasonGroup['kind']

const KINDS: Record<Kind, { label: string; tone: Tone; Icon: typeof IconX }> = {
  rejected: { label: 'failed', tone: 'bad', Icon: IconX },
  discarded: { label: 'discarded', tone: 'bad', Icon: IconTrash },
  retrying: { label: 'retrying', tone: 'again', Icon: IconArrowBackUp },
  filtered: { label: 'filtered', tone: 'quiet', Icon: IconCircleOff }
}

/** Groups that are shown at first; the others are behind a fold. */
const SHOWN_AT_FIRST = 5

interface ListProps {
  reasons: ReasonGroup[]
  /** Whether a fault is switched on. */
  hasFaults: boolean
}

/** Why events failed, were discarded or are retried; and, folded away, why others were filtered on purpose. */
export function Reasons({ reasons, hasFaults, isReal }: ListProps & { isReal: boolean }) {
  const wrong = reasons.filter(({ kind }) => kind !== 'filtered')
  const filtered = reasons.filter(({ kind }) => kind === 'filtered')
  return (
    <section className={styles.panel} aria-labelledby="reasons">
      <Title order={2} id="reasons">
        What went wrong, by reason
      </Title>
      {wrong.length === 0 ? (
        <Text size="sm" c="dimmed">
          {isReal ? 'Nothing failed.' : 'Nothing failed, and nothing was discarded.'}
        </Text>
      ) : (
        <List reasons={wrong.slice(0, SHOWN_AT_FIRST)} hasFaults={hasFaults} />
      )}
      <Folded title={more(wrong.length - SHOWN_AT_FIRST)} reasons={wrong.slice(SHOWN_AT_FIRST)} hasFaults={hasFaults} />
      <Folded title="Why events were filtered" reasons={filtered} hasFaults={hasFaults} />
    </section>
  )
}

function more(count: number): string {
  return count === 1 ? '1 more reason' : `${counted(count)} more reasons`
}

function Folded({ title, ...list }: ListProps & { title: string }) {
  if (list.reasons.length === 0) return null
  return (
    <details className={styles.details}>
      <summary>{title}</summary>
      <List {...list} />
    </details>
  )
}

function List({ reasons, hasFaults }: ListProps) {
  return (
    <ul className={styles.reasons}>
      {reasons.map((group) => (
        <Reason key={`${group.kind} ${group.query} ${group.reason}`} group={group} hasFaults={hasFaults} />
      ))}
    </ul>
  )
}

function Reason({ group, hasFaults }: { group: ReasonGroup; hasFaults: boolean }) {
  const { label, tone, Icon } = KINDS[group.kind]
  const { what, rest } = splitReason(group.reason)
  const advice = adviceFor(group, hasFaults)
  return (
    <li className={styles.reason}>
      <Link href={eventListPlace(group.query)} className={styles.reasonCount}>
        <ToneBadge tone={tone} icon={<Icon size={13} stroke={2.4} />}>
          {counted(group.count)} {label}
        </ToneBadge>
      </Link>
      <div>
        <Text size="sm" fw={600}>
          {what}
        </Text>
        {rest && <Text size="sm">{rest}</Text>}
        <Group gap="4px 14px" className={styles.next}>
          {group.example && (
            <Text span size="xs" c="dimmed">
              {group.count === 1 ? 'Event' : 'Latest'}:{' '}
              <PlaceLink href={`/events/${group.example.id}`}>
                {titleOf(group.example)}, no. {group.example.number}
              </PlaceLink>
            </Text>
          )}
          {advice && (
            <Text span size="xs" c="dimmed">
              {advice.text} <PlaceLink href={advice.href}>{advice.link}</PlaceLink>
            </Text>
          )}
        </Group>
      </div>
    </li>
  )
}

function PlaceLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Anchor component={Link} href={href} inherit underline="always">
      {children}
    </Anchor>
  )
}
