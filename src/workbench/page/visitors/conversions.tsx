import { Text } from '@mantine/core'
import type { VisitorDetail } from '../../contract'
import { Time } from '../parts/time'
import { money } from '../parts/words'
import { ConversionsChart } from './conversions-chart'
import { Section, Source } from './sections'
import styles from './visitors.module.css'

export function Conversions({ visitor: { conversions, conversionsOverTime } }: { visitor: VisitorDetail }) {
  if (conversions.length === 0) {
    return (
      <Section title="Conversions">
        <Text size="sm" c="dimmed">
          None.
        </Text>
      </Section>
    )
  }
  const hasMetadata = conversions.some(({ metadata }) => hasContent(metadata))
  return (
    <Section title="Conversions">
      {conversionsOverTime.length > 1 && <ConversionsChart steps={conversionsOverTime} />}
      <table className={styles.table} aria-label="Conversions">
        <thead>
          <tr>
            <th scope="col">At</th>
            <th scope="col">Goal</th>
            <th scope="col" data-number>
              Revenue
            </th>
            {hasMetadata && <th scope="col">Metadata</th>}
          </tr>
        </thead>
        <tbody>
          {conversions.map((conversion, index) => (
            <tr key={index}>
              <td>
                <Time at={conversion.at} />
              </td>
              <td>
                {conversion.goalName ?? 'unknown goal'}{' '}
                <Text span size="xs" c="dimmed">
                  {conversion.goalId}
                </Text>
                <Source source={conversion.source} />
              </td>
              <td data-number className={conversion.negative ? styles.negative : undefined}>
                {conversion.revenue === null
                  ? ''
                  : money(conversion.negative ? -conversion.revenue : conversion.revenue, conversion.currency)}
                {conversion.negative && <div>refund</div>}
              </td>
              {hasMetadata && (
                <td className={styles.mono}>
                  {hasContent(conversion.metadata) ? JSON.stringify(conversion.metadata) : ''}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

/** Most conversions have no metadata, or an empty object. */
function hasContent(metadata: unknown): boolean {
  return typeof metadata === 'object' && metadata !== null && Object.keys(metadata).length > 0
}
