import { Text } from '@mantine/core'
import type { Delivery, Fate } from '../../contract'
import { useVisitor } from '../api/reading'
import styles from './event-detail.module.css'
import { fateInWords } from './fate-in-words'
import { Verdict } from './verdict'

const WHY: Partial<Record<Fate['verdict'], string>> = {
  duplicate: 'Kameleoon had it already and counts it once.'
}

/** The end of the story first: what Kameleoon made of the event, for readers who need no request. */
export function WhatKameleoonDid({ deliveries }: { deliveries: Delivery[] }) {
  const fates = fatesOf(deliveries)
  const converted = fates.find(({ fate }) => fate.what === 'CONVERSION' && fate.visitorCode !== null)
  const visitor = useVisitor(converted?.fate.visitorCode ?? null).data
  const goalName = (goalId: number) =>
    visitor?.conversions.find((conversion) => conversion.goalId === goalId)?.goalName ?? undefined
  if (fates.length === 0) return null
  return (
    <>
      <dt>In Kameleoon</dt>
      <dd>
        <ul className={styles.did} aria-label="What Kameleoon did">
          {fates.map(({ fate, attempt }) => (
            <li key={`${attempt} ${fate.what} ${fate.key}`}>
              <Verdict verdict={fate.verdict} />
              <span>
                {fateInWords(fate, goalName)}{' '}
                <Text span size="xs" c="dimmed">
                  {attempt > 1 && `Attempt ${attempt}. `}
                  {WHY[fate.verdict] ?? fate.reason}
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
function fatesOf(deliveries: Delivery[]): { fate: Fate; attempt: number }[] {
  return deliveries.flatMap(({ attempts }) =>
    attempts.flatMap(({ number, exchanges }, index) =>
      exchanges
        .flatMap(({ fates }) => fates)
        .filter(({ verdict }) => verdict !== 'not-taken' || index === attempts.length - 1)
        .map((fate) => ({ fate, attempt: number }))
    )
  )
}
