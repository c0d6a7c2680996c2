import { IconArrowBackUp, IconCheck, IconCircleOff, IconClock, IconTrash, IconX } from './icons'
import type { ReactNode } from 'react'
import type { EventStatus, EventSummary } from '../../contract'
import styles from './badges.module.css'
import { STATUS, type Tone } from './words'

/** A coloured label with an icon. Colour is never the only sign of its meaning. */
export function ToneBadge({ tone, icon, children }: { tone: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {icon && <span aria-hidden>{icon}</span>}
      {children}
    </span>
  )
}

const ICONS = {
  waiting: IconClock,
  retrying: IconArrowBackUp,
  delivered: IconCheck,
  filtered: IconCircleOff,
  rejected: IconX
}

export function StatusBadge({ status }: { status: EventStatus }) {
  const Icon = ICONS[status]
  return (
    <ToneBadge tone={STATUS[status].tone} icon={<Icon size={13} stroke={2.4} />}>
      {STATUS[status].label}
    </ToneBadge>
  )
}

/** The status of an event. Of a delivered one it also says when Kameleoon discarded a part of it. */
export function EventBadge({ event: { status, discarded } }: { event: Pick<EventSummary, 'status' | 'discarded'> }) {
  if (status !== 'delivered' || discarded === 0) return <StatusBadge status={status} />
  return (
    <ToneBadge tone="bad" icon={<IconTrash size={13} stroke={2.4} />}>
      Delivered, discarded
    </ToneBadge>
  )
}
