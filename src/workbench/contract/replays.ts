import { Type, type Static } from '@sinclair/typebox'
import { EventPreview, type MappingPreview } from './preview'
import { Nullable, StringEnum } from './schema'

/** What will happen when an event is sent again, before it is. */
export const ReplayForecast = Type.Object(
  {
    target: StringEnum(['emulator', 'real'], 'Where it would go'),
    impossible: Nullable(Type.String(), 'Why it cannot be sent again; null when it can'),
    wasCounted: Type.Boolean({
      description: 'Whether the target received something of it before, by it or by another replay of it'
    }),
    isChanged: Type.Boolean({ description: 'Whether a mapping that took it was changed since' }),
    mappings: Type.Unsafe<MappingPreview[]>({
      ...Type.Index(EventPreview, ['mappings']),
      description: 'What each enabled mapping would send now'
    })
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
