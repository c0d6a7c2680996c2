import { Type, type Static } from '@sinclair/typebox'
import { EventSummary } from './events'

/** A path that events have, with some of the values there. */
export const SeenPath = Type.Object(
  {
    path: Type.String({ description: 'As in a mapping, for example $.properties.revenue' }),
    events: Type.Integer({ description: 'How many of the examined events have it' }),
    values: Type.Array(Type.Union([Type.String(), Type.Number(), Type.Boolean()]), {
      description: 'Different values, the latest first; none for objects and lists'
    })
  },
  { $id: 'SeenPath' }
)

/** Which of the events seen a filter takes, and what these contain. */
export const SeenEvents = Type.Object(
  {
    seen: Type.Integer({ description: 'How many events the workbench keeps' }),
    checked: Type.Integer({
      description: 'How many of them, the latest, were compared with the filter; fewer than seen if that takes too long'
    }),
    taken: Type.Integer({ description: 'How many of those the filter takes' }),
    events: Type.Array(Type.Ref(EventSummary), { description: 'The latest events that it takes, newest first' }),
    samples: Type.Array(Type.String(), { description: 'Ids of the sample events that it takes' }),
    paths: Type.Array(Type.Ref(SeenPath), {
      description: 'Paths of the latest events that it takes, and of those samples'
    })
  },
  { $id: 'SeenEvents' }
)

export type SeenPath = Static<typeof SeenPath>
export type SeenEvents = Omit<Static<typeof SeenEvents>, 'events' | 'paths'> & {
  events: EventSummary[]
  paths: SeenPath[]
}
