import { IconArrowBackUp, IconCheck, IconClock, IconCircleOff, IconX } from '@tabler/icons-react'
import type { EventStatus } from '../../contract'
import { ToneBadge } from '../parts/tone-badge'
import { STATUS } from './status'

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
