import { Anchor, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { EventDetail } from '../../contract'
import { useVisitor } from '../api/queries'
import { eventPlace, visitorPlace } from '../parts/places'
import { STATUS } from '../parts/words'
import { replayResultInWords } from '../runs/replay-words'
import { currencyOf, nameOf, resultsOf } from './results'

type ReplayFactProps = Omit<EventDetail, 'replayOf'> & { replayOf: NonNullable<EventDetail['replayOf']> }

/** What became of a replay: whether Kameleoon counted it again, and where to see that. */
export function ReplayFact({ replayOf, ...detail }: ReplayFactProps) {
  const { id, number } = replayOf
  return (
    <>
      <dt>Replay</dt>
      <dd>
        <Outcome {...detail} wasCounted={replayOf.wasCounted} />
        <Text size="sm" c="dimmed">
          {number === null ? (
            'It repeats an event that is not kept any more.'
          ) : (
            <>
              It repeats{' '}
              <Anchor component={Link} href={eventPlace(id)} inherit underline="always">
                event no. {number}
              </Anchor>
              .
            </>
          )}
        </Text>
      </dd>
    </>
  )
}

function Outcome({ summary, event, deliveries, wasCounted }: Omit<EventDetail, 'replayOf'> & { wasCounted: boolean }) {
  const { status, visitorCode } = summary
  const visitor = useVisitor(status === 'delivered' ? visitorCode : null).data
  if (status !== 'delivered')
    return (
      <Text size="sm" fw={600}>
        {STATUS[status].label}, so nothing is counted so far
      </Text>
    )
  const results = resultsOf(deliveries).map(({ result }) => ({
    ...result,
    ...{ name: nameOf(result, visitor), currency: currencyOf(event) }
  }))
  const { words, isCounted } = replayResultInWords(results, wasCounted)
  return (
    <Text size="sm" fw={600}>
      {words}
      {isCounted && visitorCode !== null && (
        <>
          {' '}
          <Anchor component={Link} href={visitorPlace(visitorCode)} inherit underline="always">
            Show the visitor
          </Anchor>
        </>
      )}
    </Text>
  )
}
