import { Loader, VisuallyHidden } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { WorkbenchState } from '../../contract'
import { useConnection } from '../api/connection'
import { useWorkbenchState } from '../api/queries'
import styles from './shell.module.css'

/** A connection that is back at once need not be talked about. */
const WORTH_TELLING_AFTER = 700

export function ConnectionNotice() {
  const connection = useConnection()
  const [told, setTold] = useState(false)

  useEffect(() => {
    if (connection !== 'lost') return setTold(false)
    const timer = setTimeout(() => setTold(true), WORTH_TELLING_AFTER)
    return () => clearTimeout(timer)
  }, [connection])

  return (
    <div role="status">
      {told && (
        <div className={styles.lost}>
          <Loader size={14} color="var(--tone-again)" aria-hidden />
          The connection to the workbench is lost, so this page may be out of date. Connecting again…
        </div>
      )}
    </div>
  )
}

/** Often enough to follow, seldom enough to listen to something else. */
const AT_MOST_EVERY = 6_000

type Counts = WorkbenchState['counts']

/** Tells screen readers what became of new events, summed up. */
export function Announcements() {
  const counts = useWorkbenchState().data?.counts
  const [words, setWords] = useState('')
  const latest = useRef(counts)
  const told = useRef<Counts | undefined>(undefined)
  latest.current = counts

  useEffect(() => {
    const timer = setInterval(() => {
      const now = latest.current
      const before = told.current
      told.current = now
      if (now && before) setWords(changeOf(before, now))
    }, AT_MOST_EVERY)
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
    ...more('rejected', 'rejected'),
    ...more('retrying', 'waiting to be sent again'),
    ...more('discarded', 'discarded by Kameleoon')
  ].join(', ')
}
