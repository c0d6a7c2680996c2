import { Anchor, Group, Paper, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from '../destination.module.css'

/** The steps of the page for a mapping. All are open at the same time. */
export const STEPS = [
  { id: 'select-events', title: 'Select events' },
  { id: 'map-fields', title: 'Map fields' },
  { id: 'test-event', title: 'Send a test event' }
] as const

type StepId = (typeof STEPS)[number]['id']

/** Links to the steps. The location hash is used for views, so they move the page and the focus with code. */
export function StepLinks() {
  return (
    <Group component="nav" aria-label="Steps" gap="md" className={styles.steps}>
      {STEPS.map(({ id, title }, index) => (
        <Anchor key={id} component="button" type="button" size="sm" onClick={() => goTo(id)}>
          {index + 1}. {title}
        </Anchor>
      ))}
    </Group>
  )
}

function goTo(id: StepId): void {
  const heading = document.getElementById(id)
  heading?.scrollIntoView({ block: 'start' })
  heading?.focus({ preventScroll: true })
}

/** One step with its heading. */
export function Step({ id, children }: { id: StepId; children: ReactNode }) {
  const index = STEPS.findIndex((step) => step.id === id)
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby={id}>
      <Title order={2} id={id} tabIndex={-1} className={styles.stepTitle} mb={6}>
        <span className={styles.number} aria-hidden>
          {index + 1}
        </span>
        {STEPS[index].title}
      </Title>
      {children}
    </Paper>
  )
}
