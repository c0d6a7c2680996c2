import { Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconArrowRight, IconCircleOff, IconCopy, IconTrash, IconX } from './icons'
import type { ReactNode } from 'react'
import type { Happens, Planned } from '../../contract'
import { ToneBadge } from './badges'
import { resultInWords } from './result-in-words'
import styles from './what-happens.module.css'

/** What would happen to an event in one mapping, in words: what Kameleoon would receive, or why it receives nothing. */
export function WhatHappens({ happens: { status, reason, parts } }: { happens: Happens }) {
  return (
    <Stack gap={6}>
      {status === 'filtered' && <NotSent failed={false}>{reason}</NotSent>}
      {status === 'failed' && <NotSent failed>{reason}</NotSent>}
      {parts.length > 0 && (
        <ul className={styles.parts}>
          {parts.map((part) => (
            <Part key={`${part.what} ${part.key}`} part={part} />
          ))}
        </ul>
      )}
      {status === 'sent' && reason && <Text size="xs">{reason}</Text>}
      {parts.some(isPublic) && (
        <Text size="xs" c="var(--tone-again)" className={styles.warning}>
          <IconAlertTriangle size={14} aria-hidden />
          <span>Anyone with the site code and the id can read what is stored.</span>
        </Text>
      )}
    </Stack>
  )
}

/** Why nothing is sent. */
export function NotSent({ failed, children }: { failed: boolean; children: ReactNode }) {
  return (
    <div className={styles.reason}>
      <ToneBadge tone={failed ? 'bad' : 'quiet'} icon={failed ? <IconX size={13} /> : <IconCircleOff size={13} />}>
        {failed ? 'Failed' : 'Filtered'}
      </ToneBadge>
      <Text size="sm">{children}</Text>
    </div>
  )
}

function Part({ part }: { part: Planned }) {
  return (
    <li>
      <IconArrowRight size={15} aria-hidden />
      <span>
        {resultInWords(part)} <NotKept part={part} />
      </span>
    </li>
  )
}

function NotKept({ part: { kind, reason } }: { part: Planned }) {
  switch (kind) {
    case 'duplicate':
      return (
        <>
          <ToneBadge tone="quiet" icon={<IconCopy size={13} />}>
            Duplicate
          </ToneBadge>{' '}
          <Text span size="xs">
            Kameleoon has it already and counts it once.
          </Text>
        </>
      )
    case 'discarded':
      return (
        <>
          <ToneBadge tone="bad" icon={<IconTrash size={13} />}>
            Discarded by Kameleoon
          </ToneBadge>{' '}
          <Text span size="xs" c="var(--tone-bad)">
            {reason}
          </Text>
        </>
      )
    case 'kept':
    case 'unknown':
      return reason && <Text span size="xs" c="dimmed">{`Not complete: ${reason}`}</Text>
  }
}

/** Stored data is served to browsers; links and visit events are not of that kind. */
function isPublic({ what, key }: Planned): boolean {
  return what === 'map' && !key.startsWith('LINK_')
}
