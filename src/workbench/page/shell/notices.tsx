import { Loader, VisuallyHidden } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { WorkbenchState } from '../../contract'
import { useConnection } from '../api/connection'
import { useWorkbenchState } from '../api/queries'
import styles from './shell.module.css'

/** Milliseconds before a lost connection is shown, so that a short interruption is not. */
const NOTICE_DELAY = 700

export function ConnectionNotice() {
  const connection = useConnection()
  const [isShown, setShown] = useState(false)

  useEffect(() => {
    if (connection !== 'lost') return setShown(false)
    const timer = setTimeout(() => setShown(true), NOTICE_DELAY)
    return () => clearTimeout(timer)
  }, [connection])

  return (
    <div role="status">
      {isShown && (
        <div className={styles.lost}>
          <Loader size={14} color="var(--tone-again)" aria-hidden />
          The connection to the workbench is lost. This page may be out of date. Reconnecting…
        </div>
      )}
    </div>
  )
}

/** Milliseconds between two announcements. */
const ANNOUNCEMENT_INTERVAL = 6_000

type Counts = WorkbenchState['counts']

/** Announces the outcomes of new events to screen readers, summed up. */
export function Announcements() {
  const counts = useWorkbenchState().data?.counts
  const [words, setWords] = useState('')
  const latest = useRef(counts)
  const announced = useRef<Counts | undefined>(undefined)
  latest.current = counts

  useEffect(() => {
    const timer = setInterval(() => {
      const now = latest.current
      const before = announced.current
      announced.current = now
      if (now && before) setWords(changeOf(before, now))
    }, ANNOUNCEMENT_INTERVAL)
    return () => clearInterval(timer)
  }, [])

  return (
    <VisuallyHidden role="status" aria-live="polite">
      {words}
    </VisuallyHidden>
  )
}

function changeOf(before: Counts, now: Counts): string {
  const more = (key: keyof Counts, word: string) =>
    now[key] > before[key] ? [`${now[key] - before[key]} ${word}`] : []
  return [
    ...more('delivered', 'delivered'),
    ...more('filtered', 'filtered'),
    ...more('rejected', 'failed'),
    ...more('retrying', 'retrying'),
    ...more('discarded', 'discarded by Kameleoon')
  ].join(', ')
}
