import { Anchor, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { GoalTotal, MappingTotal } from '../../contract'
import { queryPart } from '../../contract/event-query-text'
import { eventListPlace } from '../parts/places'
import { CountLink } from './count-link'
import { counted, money } from '../parts/words'
import styles from './overview.module.css'

/** Goals that are shown; the list of events finds the others. */
const MOST_GOALS = 10

interface GoalsTableProps {
  goals: GoalTotal[]
  isReal: boolean
}

export function GoalsTable({ goals, isReal }: GoalsTableProps) {
  return (
    <Panel id="goals" title="Conversions by goal">
      {goals.length === 0 ? (
        <None>{isReal ? 'No conversion was sent yet.' : 'Kameleoon counted no conversion yet.'}</None>
      ) : (
        <table className={styles.table} aria-labelledby="goals">
          <thead>
            <tr>
              <th scope="col">Goal</th>
              <th scope="col">{isReal ? 'Sent' : 'Counted'}</th>
              <th scope="col">Amount</th>
            </tr>
          </thead>
          <tbody>
            {goals.slice(0, MOST_GOALS).map((goal) => (
              <GoalRow key={goal.goalId} goal={goal} />
            ))}
          </tbody>
        </table>
      )}
      {goals.length > MOST_GOALS && (
        <Text size="xs" c="dimmed">
          The {MOST_GOALS} goals with the most conversions, of {counted(goals.length)}.
        </Text>
      )}
    </Panel>
  )
}

function GoalRow({ goal: { goalId, goalName, conversions, refunds, amounts } }: { goal: GoalTotal }) {
  return (
    <tr>
      <th scope="row">
        <Anchor component={Link} href={eventListPlace(`goal:${goalId}`)} inherit underline="always">
          {goalName ?? `Goal ${goalId}`}
        </Anchor>
      </th>
      <td>
        {counted(conversions)}
        {refunds > 0 && <div className={styles.note}>{refunds === 1 ? '1 refund' : `${counted(refunds)} refunds`}</div>}
      </td>
      <td>
        {amounts.map(({ currency, amount }) => (
          <div key={currency ?? ''} className={styles.amount}>
            {money(amount)} {currency ?? (amounts.length > 1 && 'without currency')}
          </div>
        ))}
      </td>
    </tr>
  )
}

export function MappingsTable({ mappings }: { mappings: MappingTotal[] }) {
  return (
    <Panel id="mappings" title="Events by mapping">
      {mappings.length === 0 ? (
        <None>No mapping took an event yet.</None>
      ) : (
        <table className={styles.table} aria-labelledby="mappings">
          <thead>
            <tr>
              <th scope="col">Mapping</th>
              <th scope="col">Took</th>
              <th scope="col">Delivered</th>
              <th scope="col">Failed</th>
            </tr>
          </thead>
          <tbody>
            {mappings.map((mapping) => (
              <MappingRow key={mapping.id} mapping={mapping} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

function MappingRow({ mapping: { id, name, taken, delivered, rejected } }: { mapping: MappingTotal }) {
  const q = queryPart('mapping', id)
  return (
    <tr>
      <th scope="row">
        <Anchor component={Link} href={`/destination/mappings/${encodeURIComponent(id)}`} inherit underline="always">
          {name}
        </Anchor>
      </th>
      <td>
        <CountLink count={taken} q={q} />
      </td>
      <td>
        <CountLink count={delivered} q={`${q} status:delivered`} />
      </td>
      <td>
        <CountLink count={rejected} q={`${q} status:failed`} isBad />
      </td>
    </tr>
  )
}

function Panel({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <Title order={2} id={id}>
        {title}
      </Title>
      {children}
    </section>
  )
}

function None({ children }: { children: string }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  )
}
