import { Table, Text } from '@mantine/core'
import { IconCheck, IconCircleOff, IconCopy, IconTrash } from '../parts/icons'
import type { Delivery, EventDetail, PartResult, VisitorDetail } from '../../contract'
import { useVisitor } from '../api/queries'
import { ToneBadge } from '../parts/badges'
import { isRecord } from '../parts/json'
import { resultInWords } from '../parts/result-in-words'
import type { Tone } from '../parts/words'
import styles from './event-detail.module.css'

const WHY: Partial<Record<PartResult['kind'], string>> = {
  duplicate: 'Kameleoon has already received it and counts it once.'
}

type DidProps = Pick<EventDetail, 'event' | 'deliveries'>

/** What Kameleoon stored for the event, as a fact of the event. */
export function WhatKameleoonDid(detail: DidProps) {
  if (resultsOf(detail.deliveries).length === 0) return null
  return (
    <>
      <dt>In Kameleoon</dt>
      <dd>
        <KameleoonResults {...detail} />
      </dd>
    </>
  )
}

/** What Kameleoon did with each part of an event, in words. Only the emulator tells. */
export function KameleoonResults({ event, deliveries }: DidProps) {
  const results = resultsOf(deliveries)
  const seen = results.find(({ result }) => result.visitorCode !== null)?.result.visitorCode ?? null
  const visitor = useVisitor(seen).data
  const currency = currencyOf(event)
  return (
    <ul className={styles.did} aria-label="What Kameleoon did">
      {results.map(({ result, attempt }) => (
        <li key={`${attempt} ${result.what} ${result.key}`}>
          <ResultBadge kind={result.kind} />
          <span>
            {resultInWords({ ...result, currency, name: nameOf(result, visitor) })}{' '}
            <Text span size="xs" c="dimmed">
              {attempt > 1 && `Attempt ${attempt}. `}
              {WHY[result.kind] ?? result.reason}
            </Text>
          </span>
        </li>
      ))}
    </ul>
  )
}

/** The currency that an event names; Kameleoon does not receive it. */
export function currencyOf({ properties }: Record<string, unknown>): string | null {
  const currency = isRecord(properties) ? properties.currency : null
  return typeof currency === 'string' ? currency : null
}

/** The name of the goal or custom data that a part is about, where Kameleoon has kept it. */
export function nameOf({ value }: PartResult, visitor: VisitorDetail | undefined): string | null {
  if (!visitor || !isRecord(value)) return null
  const { goalId, index } = value
  const goal = visitor.conversions.find((conversion) => conversion.goalId === goalId)
  return goal?.goalName ?? visitor.customData.find((custom) => custom.index === index)?.name ?? null
}

/** Parts that a failed attempt did not deliver are shown only for the last attempt. */
export function resultsOf(deliveries: Delivery[]): { result: PartResult; attempt: number }[] {
  return deliveries.flatMap(({ attempts }) =>
    attempts.flatMap(({ number, exchanges }, index) =>
      exchanges
        .flatMap(({ results }) => results)
        .filter(({ kind }) => kind !== 'not-taken' || index === attempts.length - 1)
        .map((result) => ({ result, attempt: number }))
    )
  )
}

/** What the emulator did with the request after its response. The real Kameleoon does not report this. */
export function Results({ results }: { results: PartResult[] }) {
  if (results.length === 0) return null
  return (
    <div className={styles.results}>
      <h5 className={styles.resultsTitle}>What Kameleoon did after its response</h5>
      <Table verticalSpacing={4} horizontalSpacing="xs" fz="xs" aria-label="What Kameleoon did after its response">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Part</Table.Th>
            <Table.Th>Result</Table.Th>
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

const RESULT_KINDS: Record<PartResult['kind'], { label: string; tone: Tone; Icon: typeof IconCheck }> = {
  kept: { label: 'Kept', tone: 'good', Icon: IconCheck },
  duplicate: { label: 'Duplicate', tone: 'quiet', Icon: IconCopy },
  discarded: { label: 'Discarded', tone: 'bad', Icon: IconTrash },
  'not-taken': { label: 'Not received', tone: 'again', Icon: IconCircleOff }
}

function ResultBadge({ kind }: Pick<PartResult, 'kind'>) {
  const { label, tone, Icon } = RESULT_KINDS[kind]
  return (
    <ToneBadge tone={tone} icon={<Icon size={13} />}>
      {label}
    </ToneBadge>
  )
}
