import type { VisitorDetail } from '../../contract'
import { Bars } from '../parts/bars'
import { shortTime } from '../parts/words'
import { chartInWords } from './chart-in-words'
import styles from './visitors.module.css'

interface ConversionsChartProps {
  steps: VisitorDetail['conversionsOverTime']
}

/** Bars of conversions over time, described in their caption. The table below lists every conversion. */
export function ConversionsChart({ steps }: ConversionsChartProps) {
  const bars = steps.map(({ at, conversions }) => ({
    key: at,
    title: `From ${shortTime(at)}: ${conversions}`,
    parts: [{ tone: 'good' as const, count: conversions }]
  }))
  const labelOf = (index: number) => shortTime(steps[index].at)
  const middle = Math.floor((steps.length - 1) / 2)
  const labels: [string, string, string] = [labelOf(0), middle === 0 ? '' : labelOf(middle), labelOf(steps.length - 1)]
  return (
    <figure className={styles.chart}>
      <Bars bars={bars} labels={labels} />
      <figcaption>{chartInWords(steps)}</figcaption>
    </figure>
  )
}
