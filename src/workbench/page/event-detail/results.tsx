import { Table, Text } from '@mantine/core'
import type { PartResult } from '../../contract'
import styles from './event-detail.module.css'
import { ResultBadge, RESULT_KINDS } from './result-badge'

/** What Kameleoon did after it had answered, which the real one tells nobody. */
export function Results({ results }: { results: PartResult[] }) {
  if (results.length === 0) return null
  return (
    <div className={styles.results}>
      <h5 className={styles.resultsTitle}>What Kameleoon did after answering</h5>
      <Table verticalSpacing={4} horizontalSpacing="xs" fz="xs" aria-label="What Kameleoon did after answering">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>What</Table.Th>
            <Table.Th>ResultBadge</Table.Th>
            <Table.Th>Value</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {results.map((result) => (
            <ResultRow key={`${result.what} ${result.key}`} result={result} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

function ResultRow({ result: { what, key, kind, reason, value } }: { result: PartResult }) {
  const { tone } = RESULT_KINDS[kind]
  return (
    <Table.Tr className={styles.result} data-tone={tone}>
      <Table.Td>
        {what}
        <div className={styles.nonce}>{key}</div>
      </Table.Td>
      <Table.Td>
        <ResultBadge kind={kind} />
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
