import { Type, type Static } from '@sinclair/typebox'
import { Nullable, StringEnum } from './schema'

/** One part of what Kameleoon would receive for an event: a visit event, or a stored map. */
export const Planned = Type.Object(
  {
    what: Type.String({ description: 'CONVERSION, PAGE, CUSTOMDATA or another event type, or map' }),
    key: Type.String({ description: 'Nonce of the visit event, or key of the map' }),
    visitorCode: Nullable(Type.String(), 'Visitor code of the visit event; null for maps'),
    kind: StringEnum(
      ['kept', 'duplicate', 'discarded', 'unknown'],
      'kept: would be stored; duplicate: its nonce is known already; discarded: would be accepted but not stored; unknown: the real Kameleoon does not tell'
    ),
    reason: Nullable(Type.String(), 'Why it would not be stored, or not as it is'),
    value: Type.Unknown({ description: 'The fields of the visit event, or what the event writes into the map' }),
    name: Nullable(Type.String(), 'Name of the goal or of the custom data; null when it is not known'),
    goal: Nullable(
      StringEnum(['known', 'new', 'assumed', 'missing', 'unknown']),
      'Of a conversion. known: the project has it; new: it would be created; assumed: the goal of this name, or a new one; missing: the project has no goal with this id; unknown: a goal id of the real Kameleoon'
    ),
    currency: Nullable(Type.String(), 'Of a conversion with an amount: the currency that the event names')
  },
  { $id: 'Planned' }
)

/** What would happen if an event were sent through a mapping. */
export const Happens = Type.Object(
  {
    status: StringEnum(
      ['sent', 'filtered', 'failed'],
      'filtered: nothing is sent on purpose; failed: Segment shows an error'
    ),
    reason: Nullable(Type.String(), 'Why it is filtered or fails; what is to know of one that is sent; null otherwise'),
    parts: Type.Array(Type.Ref(Planned))
  },
  { $id: 'Happens' }
)

/** What would happen if an event were sent, without sending it. */
export const EventPreview = Type.Object(
  {
    status: StringEnum(
      ['sent', 'filtered', 'failed'],
      'failed: Segment would drop it, or a mapping fails; sent: through at least one mapping; filtered: by every mapping'
    ),
    reason: Nullable(Type.String(), 'Why no mapping gets it, or why none takes it; null when a mapping takes it'),
    mappings: Type.Array(
      Type.Object({
        subscriptionId: Type.String({ description: 'Id of the mapping' }),
        subscriptionName: Type.String(),
        matched: Type.Boolean({ description: 'Whether its filter takes the event' }),
        happens: Type.Ref(Happens)
      }),
      { description: 'One for each enabled mapping' }
    )
  },
  { $id: 'EventPreview' }
)

/** Values to choose from when an event is written. */
export const Suggestions = Type.Object(
  {
    eventNames: Type.Array(Type.String(), {
      description: 'Of track calls: those that have a goal, then those received'
    }),
    pageNames: Type.Array(Type.String(), { description: 'Of page and screen calls received' }),
    groupIds: Type.Array(Type.String(), { description: 'Of group calls received' }),
    visitorCodes: Type.Array(Type.String(), { description: 'Of events received, the latest first' })
  },
  { $id: 'Suggestions' }
)

export type Suggestions = Static<typeof Suggestions>
export type Planned = Static<typeof Planned>
export type Happens = Omit<Static<typeof Happens>, 'parts'> & { parts: Planned[] }
export type MappingPreview = Omit<Static<typeof EventPreview>['mappings'][number], 'happens'> & { happens: Happens }
export type EventPreview = Omit<Static<typeof EventPreview>, 'mappings'> & { mappings: MappingPreview[] }
