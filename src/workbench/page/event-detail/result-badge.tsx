import { IconCheck, IconCircleOff, IconCopy, IconTrash } from '@tabler/icons-react'
import type { PartResult } from '../../contract'
import { ToneBadge, type Tone } from '../parts/tone-badge'

export const RESULT_KINDS: Record<PartResult['kind'], { label: string; tone: Tone; Icon: typeof IconCheck }> = {
  kept: { label: 'Kept', tone: 'good', Icon: IconCheck },
  duplicate: { label: 'Duplicate, dropped', tone: 'quiet', Icon: IconCopy },
  discarded: { label: 'Discarded', tone: 'bad', Icon: IconTrash },
  'not-taken': { label: 'Not taken', tone: 'again', Icon: IconCircleOff }
}

export function ResultBadge({ kind }: Pick<PartResult, 'kind'>) {
  const { label, tone, Icon } = RESULT_KINDS[kind]
  return (
    <ToneBadge tone={tone} icon={<Icon size={13} />}>
      {label}
    </ToneBadge>
  )
}
