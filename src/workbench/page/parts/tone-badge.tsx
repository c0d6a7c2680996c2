import type { ReactNode } from 'react'
import styles from './tone-badge.module.css'

export type Tone = 'good' | 'wait' | 'again' | 'quiet' | 'bad'

/** A word with a colour behind it and, beside the colour, an icon: never colour alone. */
export function ToneBadge({ tone, icon, children }: { tone: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {icon && <span aria-hidden>{icon}</span>}
      {children}
    </span>
  )
}
