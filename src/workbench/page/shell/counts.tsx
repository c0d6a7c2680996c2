import { Anchor } from '@mantine/core'
import { Link } from 'wouter'
import type { WorkbenchState } from '../../contract'
import styles from './shell.module.css'

type Counts = WorkbenchState['counts']

const SHOWN: { key: keyof Counts; label: string; minor?: boolean }[] = [
  { key: 'received', label: 'received' },
  { key: 'delivered', label: 'delivered' },
  { key: 'retrying', label: 'retrying', minor: true },
  { key: 'filtered', label: 'filtered', minor: true },
  { key: 'rejected', label: 'failed', minor: true }
]

/** The number of events by outcome. Discarded is highlighted, because no other part of Segment reports it. */
export function Counts({ counts }: { counts: Counts }) {
  return (
    <dl className={styles.counts} aria-label="Counts">
      {SHOWN.map(({ key, label, minor }) => (
        <div
          key={key}
          className={styles.count}
          data-minor={minor}
          data-again={key === 'retrying' && counts[key] > 0 ? true : undefined}
        >
          <dt>{label}</dt>
          <dd>{counts[key].toLocaleString('en')}</dd>
        </div>
      ))}
      <div
        className={styles.count}
        data-bad={counts.discarded > 0 || undefined}
        data-minor={counts.discarded === 0 || undefined}
      >
        <dt>
          <Anchor component={Link} href="/discarded" inherit underline="always">
            discarded
          </Anchor>
        </dt>
        <dd>{counts.discarded.toLocaleString('en')}</dd>
      </div>
    </dl>
  )
}
