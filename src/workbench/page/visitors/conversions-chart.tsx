import { BarChart } from '@mantine/charts'
import { useReducedMotion } from '@mantine/hooks'
import type { VisitorDetail } from '../../contract'
import { shortTime } from '../parts/words'
import { chartInWords } from './chart-in-words'
import styles from './visitors.module.css'

interface ConversionsChartProps {
  steps: VisitorDetail['conversionsOverTime']
}

/** A bar chart of conversions over time, described in its caption. The table below lists every conversion. */
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
      <figcaption>{chartInWords(steps)}</figcaption>
    </figure>
  )
}
