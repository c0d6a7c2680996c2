import { Type, type Static } from '@sinclair/typebox'
import { Nullable, StringEnum } from './schema'

/** Where the workbench delivers to, and how events reach it. */
export const WorkbenchState = Type.Object(
  {
    version: Type.String(),
    address: Type.String({ description: 'Where this workbench listens' }),
    writeKey: Type.String({ description: 'Write key of the one source there is' }),
    target: Type.Object({
      kind: StringEnum(['emulator', 'real']),
      label: Type.String(),
      sitecode: Type.String(),
      dataHost: Type.String()
    }),
    counts: Type.Object({
      received: Type.Integer(),
      waiting: Type.Integer(),
      retrying: Type.Integer(),
      delivered: Type.Integer(),
      filtered: Type.Integer(),
      rejected: Type.Integer(),
      discarded: Type.Integer({ description: 'What Kameleoon accepted and would not keep' })
    }),
    faults: Type.Array(Type.String(), { description: 'Ids of the faults that are on' }),
    savedIn: Type.String({ description: 'The file that keeps the mappings' })
  },
  { $id: 'WorkbenchState' }
)

export const VisitorSummary = Type.Object(
  {
    visitorCode: Type.String(),
    conversions: Type.Integer(),
    revenue: Type.Number(),
    lastSeen: Type.String({ format: 'date-time' })
  },
  { $id: 'VisitorSummary' }
)

/** What Kameleoon knows of a visitor. */
export const VisitorDetail = Type.Object(
  {
    visitorCode: Type.String(),
    conversions: Type.Array(
      Type.Object({
        at: Type.String({ format: 'date-time' }),
        goalId: Type.Integer(),
        goalName: Nullable(Type.String()),
        revenue: Nullable(Type.Number()),
        negative: Type.Boolean(),
        metadata: Type.Unknown()
      })
    ),
    pages: Type.Array(
      Type.Object({ at: Type.String({ format: 'date-time' }), url: Type.String(), title: Nullable(Type.String()) })
    ),
    customData: Type.Array(
      Type.Object({
        index: Type.Integer(),
        name: Nullable(Type.String()),
        values: Type.Array(Type.String()),
        at: Type.String({ format: 'date-time' })
      })
    ),
    otherEvents: Type.Array(
      Type.Object({
        at: Type.String({ format: 'date-time' }),
        eventType: Type.String(),
        fields: Type.Record(Type.String(), Type.Unknown())
      })
    ),
    maps: Type.Array(
      Type.Object({
        key: Type.String(),
        kind: StringEnum(['identify', 'audiences', 'link', 'other']),
        fields: Type.Record(Type.String(), Type.Unknown()),
        secondsLeft: Type.Integer({ description: 'Until Kameleoon forgets it' })
      })
    ),
    audiences: Type.Array(Type.String()),
    links: Type.Array(
      Type.Object({ id: Type.String({ description: 'A Segment user id or anonymous id' }), visitorCode: Type.String() })
    ),
    duplicatesDropped: Type.Integer(),
    conversionsOverTime: Type.Array(
      Type.Object({ at: Type.String({ format: 'date-time' }), conversions: Type.Integer() }),
      { description: 'Counted in equal steps over the time in which the visitor converted' }
    )
  },
  { $id: 'VisitorDetail' }
)

/** A disturbance that can be switched on. */
export const FaultSwitch = Type.Object(
  {
    id: StringEnum(['rate-limited', 'server-error', 'slow', 'reset', 'expired-token', 'rate-limits']),
    label: Type.String(),
    description: Type.String(),
    on: Type.Boolean(),
    times: Nullable(Type.Integer(), 'Strikes this many more times and goes off by itself; none: until switched off'),
    hits: Type.Integer({ description: 'How often it struck since it was switched on' })
  },
  { $id: 'FaultSwitch' }
)

/** Something Kameleoon accepted and would not keep. */
export const Discarded = Type.Object(
  {
    at: Type.String({ format: 'date-time' }),
    path: Type.String(),
    reason: Type.String(),
    field: Nullable(Type.String()),
    value: Type.Unknown()
  },
  { $id: 'Discarded' }
)

export const Sample = Type.Object(
  { id: Type.String(), label: Type.String(), event: Type.Record(Type.String(), Type.Unknown()) },
  { $id: 'Sample' }
)

export type WorkbenchState = Static<typeof WorkbenchState>
export type VisitorSummary = Static<typeof VisitorSummary>
export type VisitorDetail = Static<typeof VisitorDetail>
export type FaultSwitch = Static<typeof FaultSwitch>
export type Discarded = Static<typeof Discarded>
export type Sample = Static<typeof Sample>
