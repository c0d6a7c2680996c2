import type { ReactNode } from 'react'
import styles from './event-detail.module.css'

/** Something to look into when it is wanted. */
export function Part({
  title,
  startsClosed,
  children
}: {
  title: ReactNode
  startsClosed?: boolean
  children: ReactNode
}) {
  return (
    <details className={styles.part} open={!startsClosed}>
      <summary>{title}</summary>
      {children}
    </details>
  )
}
