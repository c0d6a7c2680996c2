import { Text } from '@mantine/core'
import type { Delivery, PartResult } from '../../contract'
import { useVisitor } from '../api/reading'
import styles from './event-detail.module.css'
import { resultInWords } from './result-in-words'
import { ResultBadge } from './result-badge'

const WHY: Partial<Record<PartResult['kind'], string>> = {
  duplicate: 'Kameleoon had it already and counts it once.'
}

/** The end of the story first: what Kameleoon made of the event, for readers who need no request. */
export function WhatKameleoonDid({ deliveries }: { deliveries: Delivery[] }) {
  const results = resultsOf(deliveries)
  const converted = results.find(({ result }) => result.what === 'CONVERSION' && result.visitorCode !== null)
  const visitor = useVisitor(converted?.result.visitorCode ?? null).data
  const goalName = (goalId: number) =>
    visitor?.conversions.find((conversion) => conversion.goalId === goalId)?.goalName ?? undefined
  if (results.length === 0) return null
  return (
    <>
      <dt>In Kameleoon</dt>
      <dd>
        <ul className={styles.did} aria-label="What Kameleoon did">
          {results.map(({ result, attempt }) => (
            <li key={`${attempt} ${result.what} ${result.key}`}>
              <ResultBadge kind={result.kind} />
              <span>
                {resultInWords(result, goalName)}{' '}
                <Text span size="xs" c="dimmed">
                  {attempt > 1 && `Attempt ${attempt}. `}
                  {WHY[result.kind] ?? result.reason}
                </Text>
              </span>
            </li>
          ))}
        </ul>
      </dd>
    </>
  )
}

/** What a failed attempt could not tell is of no interest once another one followed. */
function resultsOf(deliveries: Delivery[]): { result: PartResult; attempt: number }[] {
  return deliveries.flatMap(({ attempts }) =>
    attempts.flatMap(({ number, exchanges }, index) =>
      exchanges
        .flatMap(({ results }) => results)
        .filter(({ kind }) => kind !== 'not-taken' || index === attempts.length - 1)
        .map((result) => ({ result, attempt: number }))
    )
  )
}
