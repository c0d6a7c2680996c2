import { Type, type Static } from '@sinclair/typebox'
import { Nullable, StringEnum } from './schema'

/** What will happen when an event is sent again, before it is. */
export const ReplayForecast = Type.Object(
  {
    target: StringEnum(['emulator', 'real'], 'Where it would go'),
    impossible: Nullable(Type.String(), 'Why it cannot be sent again; null when it can'),
    mappings: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        effect: StringEnum(
          ['duplicate', 'again', 'first', 'stored'],
          'duplicate: the same was delivered before; again: something else was delivered before, so it counts again; first: nothing was delivered before; stored: it only stores data, which counts nothing'
        ),
        isChanged: Type.Boolean({ description: 'Whether the mapping was changed since the event arrived' })
      }),
      { description: 'The mappings that take the event now' }
    )
  },
  { $id: 'ReplayForecast' }
)

/** What a replay of all failed events of the list would send, before it does. */
export const ManyReplayForecast = Type.Object(
  {
    target: StringEnum(['emulator', 'real'], 'Where they would go'),
    events: Type.Integer({ description: 'How many failed events are sent again' }),
    afterChange: Type.Integer({ description: 'How many of them failed in a mapping that was changed since' }),
    partlyDelivered: Type.Integer({ description: 'How many of them were delivered by another mapping' }),
    impossible: Type.Integer({
      description: 'How many more failed that Segment would drop again, so that they are not sent'
    })
  },
  { $id: 'ManyReplayForecast' }
)

export type ReplayForecast = Static<typeof ReplayForecast>
export type ManyReplayForecast = Static<typeof ManyReplayForecast>
