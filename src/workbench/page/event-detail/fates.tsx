import { Table, Text } from '@mantine/core'
import { IconCheck, IconCircleOff, IconCopy, IconTrash } from '@tabler/icons-react'
import type { Fate } from '../../contract'
import { ToneBadge, type Tone } from '../parts/tone-badge'
import styles from './event-detail.module.css'

const VERDICTS: Record<Fate['verdict'], { label: string; tone: Tone; Icon: typeof IconCheck }> = {
  kept: { label: 'Kept', tone: 'good', Icon: IconCheck },
  duplicate: { label: 'Duplicate, dropped', tone: 'quiet', Icon: IconCopy },
  'thrown-away': { label: 'Thrown away', tone: 'bad', Icon: IconTrash },
  'not-taken': { label: 'Not taken', tone: 'again', Icon: IconCircleOff }
}

/** What Kameleoon did after it had answered, which the real one tells nobody. */
export function Fates({ fates }: { fates: Fate[] }) {
  if (fates.length === 0) return null
  return (
    <div className={styles.fates}>
      <h5 className={styles.fatesTitle}>What Kameleoon did after answering</h5>
      <Table verticalSpacing={4} horizontalSpacing="xs" fz="xs" aria-label="What Kameleoon did after answering">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>What</Table.Th>
            <Table.Th>Verdict</Table.Th>
            <Table.Th>Value</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fates.map((fate) => (
            <FateRow key={`${fate.what} ${fate.key}`} fate={fate} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

function FateRow({ fate: { what, key, verdict, reason, value } }: { fate: Fate }) {
  const { label, tone, Icon } = VERDICTS[verdict]
  return (
    <Table.Tr className={styles.fate} data-tone={tone}>
      <Table.Td>
        {what}
        <div className={styles.nonce}>{key}</div>
      </Table.Td>
      <Table.Td>
        <ToneBadge tone={tone} icon={<Icon size={13} />}>
          {label}
        </ToneBadge>
        {reason && (
          <Text size="xs" fw={600} c={tone === 'bad' ? 'var(--tone-bad)' : undefined}>
            {reason}
          </Text>
        )}
      </Table.Td>
      <Table.Td className={styles.mono}>{typeof value === 'string' ? value : JSON.stringify(value)}</Table.Td>
    </Table.Tr>
  )
}
