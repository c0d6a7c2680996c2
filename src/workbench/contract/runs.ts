import { Type, type Static } from '@sinclair/typebox'
import { DateTime, Nullable, StringEnum } from './schema'

/** Many events that are sent together: a file, or a replay of many events. */
export const Run = Type.Object(
  {
    id: Type.String({ description: 'Id within this workbench' }),
    kind: StringEnum(['file', 'replay'], 'Where its events come from: a file, or events of the list'),
    title: Type.String({ description: 'Name of the file, or what is replayed' }),
    startedAt: DateTime('When it began'),
    sentAt: Nullable(
      Type.String({ format: 'date-time' }),
      'When all its events were received; null before that. All of them were received before this time'
    ),
    endedAt: Nullable(Type.String({ format: 'date-time' }), 'When its last event was settled; null before that'),
    state: StringEnum(
      ['sending', 'delivering', 'ended'],
      'sending: events are read and received; delivering: all are received, and some are not settled; ended: all are settled'
    ),
    stopped: Nullable(Type.String(), 'Why it stopped before its end; null when it did not'),
    bytes: Nullable(Type.Integer(), 'Size of the file; null for a replay'),
    bytesRead: Type.Integer({ description: 'How many bytes of the file are read' }),
    total: Nullable(Type.Integer(), 'How many events are replayed; null for a file'),
    events: Type.Integer({ description: 'How many events are received so far' }),
    waiting: Type.Integer(),
    retrying: Type.Integer(),
    delivered: Type.Integer(),
    filtered: Type.Integer(),
    rejected: Type.Integer(),
    discarded: Type.Integer({
      description: 'How many of its events lost a part, which Kameleoon accepted and discarded'
    }),
    duplicates: Type.Integer({ description: 'How many of its events Kameleoon knew already, and did not count again' }),
    problems: Type.Integer({ description: 'How many lines of the file are no event, or one that Segment would drop' })
  },
  { $id: 'Run' }
)

/** A line of a file that is no event, or one that Segment would drop. */
export const LineProblem = Type.Object(
  {
    line: Type.Integer({ description: 'Number of the line in the file; in a JSON document the place of the event' }),
    reason: Type.String({ description: 'What is wrong with it' })
  },
  { $id: 'LineProblem' }
)

export type Run = Static<typeof Run>
export type LineProblem = Static<typeof LineProblem>
