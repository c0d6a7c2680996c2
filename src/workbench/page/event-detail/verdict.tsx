import { IconCheck, IconCircleOff, IconCopy, IconTrash } from '@tabler/icons-react'
import type { Fate } from '../../contract'
import { ToneBadge, type Tone } from '../parts/tone-badge'

export const VERDICTS: Record<Fate['verdict'], { label: string; tone: Tone; Icon: typeof IconCheck }> = {
  kept: { label: 'Kept', tone: 'good', Icon: IconCheck },
  duplicate: { label: 'Duplicate, dropped', tone: 'quiet', Icon: IconCopy },
  'thrown-away': { label: 'Thrown away', tone: 'bad', Icon: IconTrash },
  'not-taken': { label: 'Not taken', tone: 'again', Icon: IconCircleOff }
}

export function Verdict({ verdict }: Pick<Fate, 'verdict'>) {
  const { label, tone, Icon } = VERDICTS[verdict]
  return (
    <ToneBadge tone={tone} icon={<Icon size={13} />}>
      {label}
    </ToneBadge>
  )
}
