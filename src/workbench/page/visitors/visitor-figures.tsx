import type { VisitorDetail } from '../../contract'
import { money } from '../parts/money'
import styles from './visitors.module.css'

export function VisitorFigures({ visitor }: { visitor: VisitorDetail }) {
  const revenue = visitor.conversions.reduce((sum, one) => sum + (one.negative ? -1 : 1) * (one.revenue ?? 0), 0)
  return (
    <dl className={styles.figures}>
      <Figure name="Conversions" value={String(visitor.conversions.length)} />
      <Figure name="Revenue" value={money(revenue)} />
      <Figure name="Pages" value={String(visitor.pages.length)} />
      <Figure name="Duplicates dropped" value={String(visitor.duplicatesDropped)} />
    </dl>
  )
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
