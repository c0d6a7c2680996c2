import { Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import type { OverviewStep, OverviewWindow } from '../../contract'
import { Bars, type BarTone } from '../parts/bars'
import { eventListPlace } from '../parts/places'
import { CountLink } from './count-link'
import styles from './overview.module.css'
import { minuteOf, stepInWords, stepQuery, stepsInWords } from './steps-in-words'
import { WINDOWS, windowInWords } from './windows'

type Outcome = 'delivered' | 'filtered' | 'rejected' | 'unsettled'

/** From bottom to top of a bar. */
const OUTCOMES: { key: Outcome; label: string; tone: BarTone; status: string | null }[] = [
  { key: 'delivered', label: 'Delivered', tone: 'good', status: 'delivered' },
  { key: 'filtered', label: 'Filtered', tone: 'quiet', status: 'filtered' },
  { key: 'unsettled', label: 'Waiting or retrying', tone: 'again', status: null },
  { key: 'rejected', label: 'Failed', tone: 'bad', status: 'failed' }
]

interface OverTimeProps {
  steps: OverviewStep[]
  window: OverviewWindow
}

/** Events by the time they arrived. The table says the same as the bars, and its links lead to the same lists. */
export function OverTime({ steps, window }: OverTimeProps) {
  const bars = steps.map((step) => ({
    key: step.from,
    title: stepInWords(step),
    href: step.received > 0 ? eventListPlace(stepQuery(step)) : undefined,
    parts: OUTCOMES.map(({ key, tone }) => ({ tone, count: step[key] }))
  }))
  const middle = steps[Math.floor(steps.length / 2)]
  return (
    <section className={styles.panel} aria-labelledby="over-time">
      <div className={styles.head}>
        <Title order={2} id="over-time">
          Over time
        </Title>
        <WindowChoice window={window} />
      </div>
      <figure className={styles.figure}>
        <Bars bars={bars} labels={[minuteOf(steps[0].from), minuteOf(middle.from), 'now']} />
        <figcaption>
          <Text size="sm">{stepsInWords(steps, windowInWords(window))}</Text>
          <Legend />
        </figcaption>
      </figure>
      <StepsTable steps={steps.filter(({ received }) => received > 0).reverse()} />
    </section>
  )
}

function WindowChoice({ window }: { window: OverviewWindow }) {
  return (
    <nav className={styles.choice} aria-label="Time shown">
      {WINDOWS.map(({ value, label }) => (
        <Link key={value} href={`/overview/${value}`} replace aria-current={value === window ? 'true' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  )
}

function Legend() {
  return (
    <ul className={styles.legend} aria-hidden>
      {OUTCOMES.map(({ key, label, tone }) => (
        <li key={key}>
          <i data-tone={tone} />
          {label}
        </li>
      ))}
    </ul>
  )
}

function StepsTable({ steps }: { steps: OverviewStep[] }) {
  if (steps.length === 0) return null
  return (
    <details className={styles.details}>
      <summary>Show as a table</summary>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Received at</th>
            <th scope="col">Received</th>
            {OUTCOMES.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step.from}>
              <th scope="row">{minuteOf(step.from)}</th>
              <td>
                <CountLink count={step.received} q={stepQuery(step)} />
              </td>
              {OUTCOMES.map(({ key, status }) => (
                <td key={key}>
                  <CountLink count={step[key]} q={status && stepQuery(step, status)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
