import { IconArrowBackUp, IconCheck, IconCircleOff, IconClock, IconX } from './icons'
import type { ReactNode } from 'react'
import type { EventStatus } from '../../contract'
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
