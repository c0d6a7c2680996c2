import { Link } from 'wouter'
import type { WorkbenchState } from '../../contract'
import { eventListPlace } from '../parts/places'
import { counted, type Tone } from '../parts/words'
import styles from './shell.module.css'

type Counts = WorkbenchState['counts']

/** `tone` marks a count above zero that needs attention. */
const SHOWN: { key: keyof Counts; label: string; href: string; tone?: Tone }[] = [
  { key: 'received', label: 'received', href: eventListPlace('') },
  { key: 'delivered', label: 'delivered', href: eventListPlace('status:delivered') },
  { key: 'filtered', label: 'filtered', href: eventListPlace('status:filtered') },
  { key: 'retrying', label: 'retrying', href: eventListPlace('status:retrying'), tone: 'again' },
  { key: 'rejected', label: 'failed', href: eventListPlace('status:failed'), tone: 'bad' },
  { key: 'discarded', label: 'discarded', href: '/discarded', tone: 'bad' }
]

/** A count in at most four characters, for a narrow screen. */
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 0 })

/** The number of events by outcome, at every width; each leads to its list. */
export function Counts({ counts, isReal }: { counts: Counts; isReal: boolean }) {
  // The real Kameleoon does not report what it discards.
  const shown = SHOWN.filter(({ key }) => key !== 'discarded' || !isReal)
  return (
    <ul className={styles.counts} aria-label="Counts">
      {shown.map(({ key, label, href, tone }) => (
        <li key={key}>
          <Link
            href={href}
            className={styles.count}
            data-tone={counts[key] > 0 ? tone : undefined}
            aria-label={`${counted(counts[key])} ${label}`}
          >
            <b className={styles.full}>{counted(counts[key])}</b>
            <b className={styles.short}>{compact.format(counts[key])}</b> <span>{label}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
