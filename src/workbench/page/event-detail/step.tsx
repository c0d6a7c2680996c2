import type { ReactNode } from 'react'
import type { Tone } from '../parts/tone-badge'
import styles from './event-detail.module.css'

interface StepProps {
  tone: Tone
  icon: ReactNode
  title: ReactNode
  children?: ReactNode
}

/** One station on the way of an event. */
export function Step({ tone, icon, title, children }: StepProps) {
  return (
    <section className={styles.step}>
      <span className={styles.dot} data-tone={tone} aria-hidden>
        {icon}
      </span>
      <h3 className={styles.stepTitle}>{title}</h3>
      {children}
    </section>
  )
}
