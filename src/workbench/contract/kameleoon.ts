import { Type, type Static } from '@sinclair/typebox'
import { Run } from './runs'
import { DateTime, Nullable, StringEnum } from './schema'

/** The current state of the workbench. */
export const WorkbenchState = Type.Object(
  {
    version: Type.String({ description: 'Version of the package' }),
    address: Type.String({ description: 'Address of this workbench, as http://host:port' }),
    writeKey: Type.String({ description: 'Write key of the only source' }),
    target: Type.Object({
      kind: StringEnum(['emulator', 'real'], 'Where events go: the emulated Kameleoon or the real one'),
      label: Type.String({ description: 'The target as text' }),
      sitecode: Type.String({ description: 'Site code of the project; empty when it is not set' }),
      dataHost: Type.String({ description: 'Host of the Data API in the chosen region' })
    }),
    counts: Type.Object(
      {
        received: Type.Integer({ description: 'All events since the start, or since the events were deleted' }),
        waiting: Type.Integer(),
        retrying: Type.Integer(),
        delivered: Type.Integer(),
        filtered: Type.Integer(),
        rejected: Type.Integer(),
        discarded: Type.Integer({
          description: 'How many visit events and values the emulator accepted but did not keep'
        })
      },
      { description: 'Number of events by status' }
    ),
    faults: Type.Array(Type.String(), { description: 'Ids of the faults that are on' }),
    runs: Type.Array(Type.Ref(Run), { description: 'The latest files and replays of many events, the newest first' }),
    savedIn: Type.String({ description: 'Path of the file with the mappings' }),
    readOnly: Nullable(
      Type.Object({
        pid: Type.Integer({ description: 'Number of its process' }),
        address: Nullable(Type.String(), 'Where it listens; null while it starts')
      }),
      'The workbench that keeps mappings and settings in the same folder, so that they cannot be changed here; null when this one may change them'
    )
  },
  { $id: 'WorkbenchState' }
)

/** A sum of amounts in one currency. */
export const Amount = Type.Object(
  {
    currency: Nullable(
      Type.String(),
      'As the Segment event names it, such as EUR; null when it names none or is not kept any more. Kameleoon receives no currency'
    ),
    amount: Type.Number({ description: 'Sum of the amounts, less those of negative conversions' })
  },
  { $id: 'Amount' }
)

/** A visitor in the list of visitors. */
export const VisitorSummary = Type.Object(
  {
    visitorCode: Type.String(),
    conversions: Type.Integer({ description: 'Number of conversions' }),
    amounts: Type.Array(Type.Ref(Amount), { description: 'Revenue, apart by currency; empty without any amount' }),
    lastSeen: DateTime('Time of the last visit event or of the last change of stored data')
  },
  { $id: 'VisitorSummary' }
)

/** By what the list of visitors can be sorted. `revenue` adds the amounts of all currencies. */
export const VisitorOrder = StringEnum(['lastSeen', 'conversions', 'revenue', 'code'])

/** A part of the list of visitors. */
export const VisitorList = Type.Object(
  {
    visitors: Type.Array(Type.Ref(VisitorSummary)),
    total: Type.Integer({ description: 'How many visitors match, ignoring offset and limit' })
  },
  { $id: 'VisitorList' }
)

/** The Segment event behind something that Kameleoon has. */
const EventSource = Nullable(
  Type.Object({ id: Type.String(), name: Type.String() }),
  'The Segment event it was made of; null when it did not come from here or is not kept any more'
)

const TIMELINE_KINDS = ['conversion', 'page', 'custom-data', 'stored', 'audience', 'link', 'other'] as const

/** One thing that happened to a visitor. */
export const TimelineEntry = Type.Object(
  {
    at: DateTime('When Kameleoon received it'),
    kind: StringEnum(
      [...TIMELINE_KINDS],
      'stored: traits and groups; audience: entered or left; link: from a Segment id to the visitor; other: other visit events'
    ),
    what: Type.String({ description: 'What happened, in a few words' }),
    detail: Nullable(Type.String(), 'More about it'),
    amount: Nullable(Type.Number(), 'Of a conversion; below zero when it takes back; null without an amount'),
    currency: Nullable(Type.String(), 'As the Segment event names it; null when it names none'),
    source: EventSource
  },
  { $id: 'TimelineEntry' }
)

/** What the emulator knows about a visitor. */
export const VisitorDetail = Type.Object(
  {
    visitorCode: Type.String(),
    conversions: Type.Array(
      Type.Object({
        at: DateTime('When Kameleoon received it'),
        goalId: Type.Integer(),
        goalName: Nullable(Type.String(), 'Null when the goal has no name'),
        revenue: Nullable(Type.Number(), 'Null when no amount was sent'),
        negative: Type.Boolean({ description: 'Whether it takes back an earlier conversion' }),
        currency: Nullable(Type.String(), 'As the Segment event names it; null when it names none'),
        source: EventSource,
        metadata: Type.Unknown({ description: 'Values of custom data that belong to the conversion' })
      })
    ),
    pages: Type.Array(
      Type.Object({ at: DateTime('When Kameleoon received it'), url: Type.String(), title: Nullable(Type.String()) })
    ),
    customData: Type.Array(
      Type.Object({
        index: Type.Integer({ description: 'Index of the custom data in the project' }),
        name: Nullable(Type.String(), 'Null when the project has no custom data with this index'),
        values: Type.Array(Type.String()),
        at: DateTime('When Kameleoon last received a value')
      })
    ),
    otherEvents: Type.Array(
      Type.Object({
        at: DateTime('When Kameleoon received it'),
        eventType: Type.String({ description: 'For example BROWSER or GEOLOCATION' }),
        fields: Type.Record(Type.String(), Type.Unknown())
      })
    ),
    maps: Type.Array(
      Type.Object({
        key: Type.String(),
        kind: StringEnum(
          ['identify', 'audiences', 'link', 'other'],
          'identify: traits and group; audiences: memberships; link: from a Segment id to the visitor; other: not written by this destination'
        ),
        fields: Type.Record(Type.String(), Type.Unknown()),
        secondsLeft: Type.Integer({ description: 'Seconds until Kameleoon deletes it' })
      })
    ),
    audiences: Type.Array(Type.String(), { description: 'Keys of the audiences the visitor is in' }),
    links: Type.Array(
      Type.Object({ id: Type.String({ description: 'A Segment user id or anonymous id' }), visitorCode: Type.String() })
    ),
    timeline: Type.Array(Type.Ref(TimelineEntry), { description: 'Everything that happened, latest first' }),
    amounts: Type.Array(Type.Ref(Amount), { description: 'Revenue, apart by currency; empty without any amount' }),
    duplicatesDropped: Type.Integer({
      description: 'Number of repeated visit events that were recognised and dropped'
    }),
    conversionsOverTime: Type.Array(Type.Object({ at: DateTime('Start of the step'), conversions: Type.Integer() }), {
      description: 'Number of conversions in equal steps, from the first conversion to the last'
    })
  },
  { $id: 'VisitorDetail' }
)

/** A fault of the emulator that can be switched on. */
export const FaultSwitch = Type.Object(
  {
    id: StringEnum(['rate-limited', 'server-error', 'slow', 'reset', 'expired-token', 'rate-limits']),
    label: Type.String(),
    description: Type.String(),
    on: Type.Boolean(),
    times: Nullable(Type.Integer(), 'After how many more hits it goes off by itself; null: not by itself'),
    hits: Type.Integer({ description: 'Number of requests it affected since it was switched on' })
  },
  { $id: 'FaultSwitch' }
)

/** Something the emulator accepted but did not keep. */
export const Discarded = Type.Object(
  {
    at: DateTime('When it was received'),
    path: Type.String({ description: 'Path of the request' }),
    reason: Type.String({ description: 'Why it was discarded' }),
    field: Nullable(Type.String(), 'The field that was not valid; null when no single field is named'),
    value: Type.Unknown({ description: 'What was discarded' }),
    advice: Type.String({ description: 'What to do, so that it is kept the next time' }),
    visitorCode: Nullable(Type.String(), 'The visitor it was sent for; null when none is known'),
    event: Nullable(
      Type.Object({
        id: Type.String(),
        number: Type.Integer(),
        type: Type.String(),
        name: Nullable(Type.String()),
        mapping: Type.Object({ id: Type.String(), name: Type.String() }, { description: 'The mapping that sent it' })
      }),
      'The event it was sent for; null when it is not kept any more, or when no event is known'
    )
  },
  { $id: 'Discarded' }
)

/** A sample event. */
export const Sample = Type.Object(
  { id: Type.String(), label: Type.String(), event: Type.Record(Type.String(), Type.Unknown()) },
  { $id: 'Sample' }
)

export type WorkbenchState = Omit<Static<typeof WorkbenchState>, 'runs'> & { runs: Run[] }
export type Amount = Static<typeof Amount>
export type VisitorSummary = Omit<Static<typeof VisitorSummary>, 'amounts'> & { amounts: Amount[] }
export type VisitorOrder = Static<typeof VisitorOrder>
export interface VisitorList {
  visitors: VisitorSummary[]
  total: number
}
export type EventSource = Static<typeof EventSource>
export type TimelineEntry = Static<typeof TimelineEntry>
export type VisitorDetail = Omit<Static<typeof VisitorDetail>, 'timeline' | 'amounts'> & {
  timeline: TimelineEntry[]
  amounts: Amount[]
}
export type FaultSwitch = Static<typeof FaultSwitch>
export type Discarded = Static<typeof Discarded>
export type Sample = Static<typeof Sample>
