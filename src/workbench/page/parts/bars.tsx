import { Link } from 'wouter'
import styles from './bars.module.css'
import { counted } from './words'

/** What a part of a bar shows. Failed parts are hatched, so that colour is not the only difference. */
export type BarTone = 'good' | 'quiet' | 'bad' | 'again'

export interface Bar {
  /** Unique among the bars; the time it stands for. */
  key: string
  /** Shown when the mouse is over the bar. */
  title: string
  /** Where a click leads; none when there is nothing to see. */
  href?: string
  /** From bottom to top. */
  parts: { tone: BarTone; count: number }[]
}

interface BarsProps {
  bars: Bar[]
  /** What stands below the first, the middle and the last bar. */
  labels: [string, string, string]
  height?: number
}

/**
 * Bars over time. They are for the eye and the mouse only: say the same beside them as text, and give keyboard users the
 * same links.
 */
export function Bars({ bars, labels, height = 120 }: BarsProps) {
  const most = Math.max(1, ...bars.map(totalOf))
  return (
    <div className={styles.chart} aria-hidden>
      <div className={styles.axis} style={{ height }}>
        <span>{counted(most)}</span>
        <span>0</span>
      </div>
      <div className={styles.bars} style={{ height }}>
        {bars.map((bar) => (
          <OneBar key={bar.key} bar={bar} most={most} />
        ))}
      </div>
      <div className={styles.labels}>
        {labels.map((label, index) => (
          <span key={index}>{label}</span>
        ))}
      </div>
    </div>
  )
}

function OneBar({ bar, most }: { bar: Bar; most: number }) {
  const parts = bar.parts
    .filter(({ count }) => count > 0)
    .map(({ tone, count }) => (
      <span key={tone} className={styles.part} data-tone={tone} style={{ height: `${(count / most) * 100}%` }} />
    ))
  if (bar.href === undefined) {
    return (
      <span className={styles.bar} title={bar.title}>
        {parts}
      </span>
    )
  }
  return (
    <Link className={styles.bar} href={bar.href} title={bar.title} tabIndex={-1}>
      {parts}
    </Link>
  )
}

function totalOf({ parts }: Bar): number {
  return parts.reduce((sum, { count }) => sum + count, 0)
}
