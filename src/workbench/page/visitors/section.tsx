import { Paper, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './visitors.module.css'

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="sm" component="section" className={styles.section} aria-label={title}>
      <Title order={2} mb={4}>
        {title}
      </Title>
      {children}
    </Paper>
  )
}
