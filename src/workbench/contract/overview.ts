import { Type, type Static } from '@sinclair/typebox'
import { DateTime, Nullable, StringEnum } from './schema'

/** How much of the past the steps of an overview show. */
export const OverviewWindow = StringEnum(
  ['15m', '1h', '24h'],
  '15m: steps of half a minute; 1h: steps of two minutes; 24h: steps of half an hour'
)

const number = (description: string) => Type.Integer({ description })

/** Events that arrived in one step of time, by what has become of them since. */
export const OverviewStep = Type.Object(
  {
    from: DateTime('Start of the step'),
    to: DateTime('End of the step, which is the start of the next one'),
    received: number('Events that arrived in this step: the sum of the other counts'),
    delivered: number('Those that are delivered'),
    filtered: number('Those that are filtered'),
    rejected: number('Those that failed'),
    unsettled: number('Those that wait or are retried')
  },
  { $id: 'OverviewStep' }
)

/** Events that have the same reason for not being delivered or not being kept. */
export const ReasonGroup = Type.Object(
  {
    kind: StringEnum(
      ['rejected', 'discarded', 'retrying', 'filtered'],
      'rejected: failed for good; discarded: accepted by Kameleoon but not kept; retrying: sent again; filtered: goes nowhere on purpose'
    ),
    reason: Type.String({
      description: 'The latest reason of the group. The others differ from it only in quoted values, numbers and ids'
    }),
    count: number('Number of events'),
    example: Nullable(
      Type.Object({
        id: Type.String({ description: 'Id of the event' }),
        number: number('Number of the event'),
        type: Type.String({ description: 'Type of the call' }),
        name: Nullable(Type.String(), 'Name of the event'),
        receivedAt: DateTime('When it was received')
      }),
      'The latest event of the group; null when it is not known any more'
    ),
    mapping: Nullable(
      Type.Object({ id: Type.String(), name: Type.String() }),
      'The mapping with the latest reason; null when the event reached no mapping'
    ),
    query: Type.String({ description: 'The parameter q of the list of events that finds the events of the group' })
  },
  { $id: 'ReasonGroup' }
)

/** What Kameleoon received for one goal. */
export const GoalTotal = Type.Object(
  {
    goalId: number('Id of the goal'),
    goalName: Nullable(Type.String(), 'Null when the goal has no name that is known'),
    conversions: number('Number of conversions, without refunds'),
    refunds: number('Number of negative conversions, which take earlier ones back'),
    amounts: Type.Array(
      Type.Object({
        currency: Nullable(Type.String(), 'As the events name it; null when they name none'),
        amount: Type.Number({ description: 'Sum of the amounts, less those of negative conversions' })
      })
    )
  },
  { $id: 'GoalTotal' }
)

/** What one mapping took, by what became of it. */
export const MappingTotal = Type.Object(
  {
    id: Type.String({ description: 'Id of the mapping' }),
    name: Type.String({ description: 'Its name when it took the latest event' }),
    taken: number('Events that it took: the sum of the other counts'),
    delivered: number('Those that are delivered'),
    filtered: number('Those that the destination filtered on purpose'),
    rejected: number('Those that failed'),
    unsettled: number('Those that wait or are retried')
  },
  { $id: 'MappingTotal' }
)

/** Counts of all events since the workbench was started or its events were deleted, kept or not. */
export const Overview = Type.Object(
  {
    since: DateTime('When counting began'),
    events: Type.Object(
      {
        received: number('All events'),
        waiting: number('Not settled yet'),
        retrying: number('An attempt failed and another follows'),
        delivered: number('Accepted by Kameleoon'),
        filtered: number('Went nowhere on purpose'),
        rejected: number('Failed for good')
      },
      { description: 'Number of events by status' }
    ),
    kameleoon: Type.Object(
      {
        kept: number('Everything new of them was kept'),
        duplicates: number('Kameleoon had received all of it before, and counted it once'),
        discarded: number('Some of what was sent was accepted and not kept, whatever the status of the event'),
        nothing: number('Nothing was sent, because Kameleoon has it already'),
        unknown: number('They went to the real Kameleoon, which does not report what it keeps')
      },
      { description: 'Number of delivered events by what Kameleoon did with them' }
    ),
    steps: Type.Array(Type.Ref(OverviewStep), { description: 'Steps of the chosen time, oldest first, without gaps' }),
    reasons: Type.Array(Type.Ref(ReasonGroup), { description: 'Reasons, those with most events first' }),
    goals: Type.Array(Type.Ref(GoalTotal), { description: 'Goals with conversions, the most first' }),
    mappings: Type.Array(Type.Ref(MappingTotal), { description: 'Mappings that took events, the most first' })
  },
  { $id: 'Overview' }
)

export type OverviewWindow = Static<typeof OverviewWindow>
export type OverviewStep = Static<typeof OverviewStep>
export type ReasonGroup = Static<typeof ReasonGroup>
export type GoalTotal = Static<typeof GoalTotal>
export type MappingTotal = Static<typeof MappingTotal>
export type Overview = Omit<Static<typeof Overview>, 'steps' | 'reasons' | 'goals' | 'mappings'> & {
  steps: OverviewStep[]
  reasons: ReasonGroup[]
  goals: GoalTotal[]
  mappings: MappingTotal[]
}
