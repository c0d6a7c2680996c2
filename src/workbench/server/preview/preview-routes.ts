import { Type } from '@sinclair/typebox'
import type { CompleteEvent } from '../../../segment-host'
import { EventPreview } from '../../contract'
import type { ApiServer } from '../api'
import { eventPreviews, type EventPreviewSources } from './event-preview'

const MOST_EVENTS = 20

/** What would happen if events were sent. */
export function previewRoutes(app: ApiServer, sources: EventPreviewSources): void {
  app.post(
    '/events/preview',
    {
      schema: {
        summary: 'What Kameleoon would receive if these events were sent one after the other; nothing is sent',
        description:
          'With the emulator as target, its goals and stored data count as they are now. The real Kameleoon is not asked.',
        body: Type.Object({
          events: Type.Array(Type.Record(Type.String(), Type.Unknown(), { description: 'A Segment event' }), {
            minItems: 1,
            maxItems: MOST_EVENTS
          })
        }),
        response: { 200: Type.Object({ previews: Type.Array(Type.Ref(EventPreview)) }) }
      }
    },
    async ({ body }) => ({ previews: await eventPreviews(sources, body.events as CompleteEvent[]) })
  )
}
