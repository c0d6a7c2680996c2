import { IconAlertTriangle } from '@tabler/icons-react'
import type { WorkbenchState } from '../../contract'
import styles from './shell.module.css'

export function RealTargetBanner({ target }: { target: WorkbenchState['target'] }) {
  return (
    <div className={styles.real} role="region" aria-label="Where events go">
      <IconAlertTriangle size={20} aria-hidden />
      <span>
        REAL Kameleoon: every event sent here reaches project {target.sitecode} at {target.dataHost} and counts there.
      </span>
    </div>
  )
}
