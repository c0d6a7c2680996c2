import { Anchor } from '@mantine/core'
import { IconFilterOff } from '@tabler/icons-react'
import { Link } from 'wouter'
import type { Delivery } from '../../contract'
import styles from './event-detail.module.css'
import { Part } from './part'
import { Step } from './step'

/** The mappings that let the event pass by, each with its reason: a side matter once another took it. */
export function NotTaken({ deliveries, startsClosed }: { deliveries: Delivery[]; startsClosed: boolean }) {
  const passing = deliveries.filter(({ matched }) => !matched)
  if (passing.length === 0) return null
  return (
    <Step
      tone="quiet"
      icon={<IconFilterOff size={14} />}
      title={`Not taken by ${passing.length} ${passing.length === 1 ? 'mapping' : 'mappings'}`}
    >
      <Part title="Why not" startsClosed={startsClosed}>
        <ul className={styles.passing}>
          {passing.map(({ subscriptionId, subscriptionName, whyNot }) => (
            <li key={subscriptionId}>
              <Anchor component={Link} href={`/destination/mappings/${subscriptionId}`} inherit underline="always">
                {subscriptionName}
              </Anchor>
              {whyNot && `: ${whyNot}`}
            </li>
          ))}
        </ul>
      </Part>
    </Step>
  )
}
