import { BarChart } from '@mantine/charts'
import { useReducedMotion } from '@mantine/hooks'
import type { VisitorDetail } from '../../contract'
import { shortTime } from '../parts/time'
import { inWords } from './chart-in-words'
import styles from './visitors.module.css'

interface ConversionsChartProps {
  steps: VisitorDetail['conversionsOverTime']
}

/** Conversions over time; the caption says in words what the bars show, and the table below has every number. */
export default function ConversionsChart({ steps }: ConversionsChartProps) {
  const isStill = useReducedMotion()
  const most = Math.max(...steps.map(({ conversions }) => conversions))
  return (
    <figure className={styles.chart}>
      <div aria-hidden>
        <BarChart
          h={120}
          data={steps.map(({ at, conversions }) => ({ at: shortTime(at), conversions }))}
          dataKey="at"
          series={[{ name: 'conversions', label: 'Conversions', color: 'teal.7' }]}
          yAxisProps={{ allowDecimals: false, width: 28, domain: [0, most], tickCount: Math.min(most + 1, 5) }}
          barProps={{ isAnimationActive: !isStill }}
          barChartProps={{ accessibilityLayer: false }}
          maxBarWidth={36}
        />
      </div>
      <figcaption>{inWords(steps)}</figcaption>
    </figure>
  )
}
