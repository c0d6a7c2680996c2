import { ActionIcon, AppShell, Burger, Group, Menu, useMantineColorScheme } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAlertTriangle, IconCheck, IconDeviceDesktop, IconDeviceLaptop, IconMoon, IconSun } from '../parts/icons'
import { type ReactNode, useEffect } from 'react'
import { Link, useLocation } from 'wouter'
import type { WorkbenchState } from '../../contract'
import { RunPanels } from '../runs/run-panels'
import { useWorkbenchState } from '../api/queries'
import { ToneBadge } from '../parts/badges'
import { SendButton } from '../send/send'
import { Counts } from './counts'
import { Navigation } from './navigation'
import { Announcements, ConnectionNotice } from './notices'
import { ReadOnlyNotice } from './read-only-notice'
import styles from './shell.module.css'

/** The frame around every view: header, navigation, notices. */
export function Shell({ children }: { children: ReactNode }) {
  const [opened, { toggle, close }] = useDisclosure()
  const [place] = useLocation()
  const { data: state } = useWorkbenchState()
  useEffect(close, [place, close])

  return (
    <AppShell
      header={{ height: { base: 88, lg: 52 } }}
      navbar={{ width: 196, breakpoint: 'sm', collapsed: { mobile: !opened } }}
    >
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
        {state && <Counts counts={state.counts} isReal={state.target.kind === 'real'} />}
        <Group gap="xs" wrap="nowrap" miw={0}>
          {state && <TargetBadge target={state.target} />}
          <SendButton />
          <ColourSchemeToggle />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p={6} aria-label="Views">
        <Navigation state={state} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={styles.main}>
        {state?.target.kind === 'real' && <RealTargetBanner target={state.target} />}
        {state?.readOnly && <ReadOnlyNotice other={state.readOnly} />}
        <ConnectionNotice />
        <RunPanels />
        {children}
      </AppShell.Main>
      <Announcements />
    </AppShell>
  )
}

/** The location hash is used for views, so the link moves the focus with code. */
function skipToContent(event: { preventDefault: () => void }): void {
  event.preventDefault()
  document.getElementById('content')?.focus()
}

function Brand() {
  return (
    <Link href="/overview" className={styles.brand}>
      <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden>
        <rect width="32" height="32" rx="7" fill="#1f7a5c" />
        <path d="M8 8v16M8 17l10-9M13 13l10 11" fill="none" stroke="#fff" strokeWidth="3.4" strokeLinecap="round" />
        <circle cx="23" cy="9" r="2.6" fill="#ffd43b" />
      </svg>
      Workbench
    </Link>
  )
}

/** Shows the target: the emulator or the real Kameleoon. */
function TargetBadge({ target }: { target: WorkbenchState['target'] }) {
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

function RealTargetBanner({ target }: { target: WorkbenchState['target'] }) {
  return (
    <div className={styles.real} role="region" aria-label="Where events go">
      <IconAlertTriangle size={20} aria-hidden />
      <span>
        REAL Kameleoon: every event sent here is delivered to project {target.sitecode} at {target.dataHost}.
      </span>
    </div>
  )
}

const SCHEMES = [
  { value: 'auto', label: 'System', Icon: IconDeviceDesktop },
  { value: 'light', label: 'Light', Icon: IconSun },
  { value: 'dark', label: 'Dark', Icon: IconMoon }
] as const

function ColourSchemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { Icon, label } = SCHEMES.find(({ value }) => value === colorScheme) ?? SCHEMES[0]
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={`Colours: ${label}`}>
          <Icon size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map((scheme) => (
          <Menu.Item
            key={scheme.value}
            leftSection={<scheme.Icon size={15} />}
            rightSection={scheme.value === colorScheme ? <IconCheck size={14} aria-label="chosen" /> : null}
            onClick={() => setColorScheme(scheme.value)}
          >
            {scheme.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
