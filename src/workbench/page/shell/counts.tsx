import { Anchor } from '@mantine/core'
import { Link } from 'wouter'
import type { WorkbenchState } from '../../contract'
import styles from './shell.module.css'

type Counts = WorkbenchState['counts']

const SHOWN: { key: keyof Counts; label: string; minor?: boolean }[] = [
  { key: 'received', label: 'received' },
  { key: 'delivered', label: 'delivered' },
  { key: 'retrying', label: 'retrying', minor: true },
  { key: 'leftOut', label: 'left out', minor: true },
  { key: 'refused', label: 'refused', minor: true }
]

/** What became of the events so far; what Kameleoon threw away stands out, since nobody else tells. */
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
        data-bad={counts.thrownAway > 0 || undefined}
        data-minor={counts.thrownAway === 0 || undefined}
      >
        <dt>
          <Anchor component={Link} href="/thrown-away" inherit underline="always">
            thrown away
          </Anchor>
        </dt>
        <dd>{counts.thrownAway.toLocaleString('en')}</dd>
      </div>
    </dl>
  )
}
