import { Table, Text } from '@mantine/core'
import type { Fate } from '../../contract'
import styles from './event-detail.module.css'
import { Verdict, VERDICTS } from './verdict'

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
  const { tone } = VERDICTS[verdict]
  return (
    <Table.Tr className={styles.fate} data-tone={tone}>
      <Table.Td>
        {what}
        <div className={styles.nonce}>{key}</div>
      </Table.Td>
      <Table.Td>
        <Verdict verdict={verdict} />
        {reason && (
          <Text size="xs" fw={600} c={tone === 'bad' ? 'var(--tone-bad)' : undefined}>
            {reason}
          </Text>
        )}
      </Table.Td>
      <Table.Td className={styles.mono}>
        {value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)}
      </Table.Td>
    </Table.Tr>
  )
}
