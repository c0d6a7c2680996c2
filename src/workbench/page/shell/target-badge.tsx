import { IconAlertTriangle, IconDeviceLaptop } from '@tabler/icons-react'
import type { WorkbenchState } from '../../contract'
import { ToneBadge } from '../parts/tone-badge'
import styles from './shell.module.css'

/** Where events end: here on this machine, or at the real Kameleoon. */
export function TargetBadge({ target }: { target: WorkbenchState['target'] }) {
  const isReal = target.kind === 'real'
  const Icon = isReal ? IconAlertTriangle : IconDeviceLaptop
  return (
    <ToneBadge tone={isReal ? 'bad' : 'quiet'} icon={<Icon size={14} />}>
      <span className={styles.targetWord} title={target.dataHost}>
        {isReal ? 'Real Kameleoon' : 'Emulator'}
      </span>
    </ToneBadge>
  )
}
