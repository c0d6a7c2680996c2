import { AppShell, Burger, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type ReactNode, useEffect } from 'react'
import { useLocation } from 'wouter'
import { useWorkbenchState } from '../api/reading'
import { Announcements } from './announcements'
import { ConnectionNotice } from './connection-notice'
import { Counts } from './counts'
import { Brand } from './brand'
import { ColourSchemeToggle } from './colour-scheme-toggle'
import { Navigation } from './navigation'
import { RealTargetBanner } from './real-target-banner'
import styles from './shell.module.css'
import { TargetBadge } from './target-badge'

/** What stands around every view. */
export function Shell({ children }: { children: ReactNode }) {
  const [opened, { toggle, close }] = useDisclosure()
  const [place] = useLocation()
  const { data: state } = useWorkbenchState()
  useEffect(close, [place, close])

  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 196, breakpoint: 'sm', collapsed: { mobile: !opened } }}>
      <a className={styles.skip} href="#content" onClick={skipToContent}>
        Skip to content
      </a>
      <AppShell.Header className={styles.header}>
        <Group gap="xs" wrap="nowrap">
          <Burger
            opened={opened}
            onClick={toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label="Navigation"
            aria-expanded={opened}
          />
          <Brand />
        </Group>
        <Group gap="xs" wrap="nowrap" miw={0}>
          {state && <Counts counts={state.counts} />}
          {state && <TargetBadge target={state.target} />}
          <ColourSchemeToggle />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p={6} aria-label="Views">
        <Navigation state={state} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={styles.main}>
        {state?.target.kind === 'real' && <RealTargetBanner target={state.target} />}
        <ConnectionNotice />
        {children}
      </AppShell.Main>
      <Announcements />
    </AppShell>
  )
}

/** The # of the address belongs to the views, so the link moves the focus itself. */
function skipToContent(event: { preventDefault: () => void }): void {
  event.preventDefault()
  document.getElementById('content')?.focus()
}
