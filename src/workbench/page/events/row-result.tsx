import type { EventSummary } from '../../contract'
import { useNow } from '../parts/time'
import { duration } from '../parts/words'
import styles from './events.module.css'
import { shortResultInWords } from './short-result'

/** What happened to an event, in a line: what Kameleoon did with it, when it is sent again, or why it failed. */
export function RowResult({ event }: { event: EventSummary }) {
  const { status, reason, attempts, nextAttemptAt } = event
  return (
    <>
      {nextAttemptAt !== null && <NextAttempt attempts={attempts} at={nextAttemptAt} />}
      <Results event={event} />
      {reason !== null && <span data-failed={status === 'rejected' || undefined}>{reason} </span>}
      {attempts > 1 && nextAttemptAt === null && <span className={styles.aside}>After {attempts} attempts.</span>}
    </>
  )
}

/** The first result, and how many more there are. What Kameleoon never received is explained by the reason. */
function Results({ event: { results, moreResults, discarded } }: { event: EventSummary }) {
  const [first, ...others] = results.filter(({ kind }) => kind !== 'not-taken')
  if (first === undefined) return null
  const more = others.length + moreResults
  const isLossHidden = discarded > 0 && first.kind !== 'discarded'
  return (
    <>
      <span className={styles.result} data-kind={first.kind}>
        {shortResultInWords(first)}{' '}
      </span>
      {more > 0 && (
        <span className={styles.aside} title={others.map(shortResultInWords).join('\n')}>
          +{more} more{' '}
        </span>
      )}
      {isLossHidden && (
        <span className={styles.result} data-kind="discarded">
          {discarded} discarded{' '}
        </span>
      )}
    </>
  )
}

function NextAttempt({ attempts, at }: { attempts: number; at: string }) {
  const seconds = Math.ceil((Date.parse(at) - useNow()) / 1_000)
  return (
    <span className={styles.again}>
      {seconds > 0
        ? `Attempt ${attempts} failed, next in ${duration(seconds)}. `
        : `Attempt ${attempts + 1} is under way. `}
    </span>
  )
}
