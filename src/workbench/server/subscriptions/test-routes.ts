import { Type } from '@sinclair/typebox'
import { SeenEvents, SubscriptionDraft as Draft } from '../../contract'
import { type ApiServer, failing, RequestError } from '../api'
import type { Receiver } from '../delivery/receive'
import { seenEvents } from '../destination/seen-events'
import { SAMPLES } from '../events/samples'
import { sendTest } from '../events/send-events'
import { draftProblems, filterProblems } from './draft-problems'
import { draftOf } from './saved-subscription'

const TestRequest = Type.Object({
  subscription: Type.Ref(Draft),
  id: Type.Optional(Type.String({ description: 'Id of the mapping that this is a draft of' })),
  event: Type.Record(Type.String(), Type.Unknown(), { description: 'A Segment event' })
})
const Filter = Type.Object({ subscribe: Type.String({ description: 'A filter; empty for all events' }) })

/** The events that a draft's filter takes, and a test event through a draft. */
export function testRoutes(app: ApiServer, sources: Receiver): void {
  app.post(
    '/subscriptions/seen',
    {
      schema: {
        summary: 'Which of the kept events a filter takes, and what they contain',
        body: Filter,
        response: { 200: Type.Ref(SeenEvents), ...failing(400) }
      }
    },
    async ({ body: { subscribe } }) => {
      const problems = subscribe === '' ? [] : filterProblems(subscribe)
      if (problems.length > 0) throw new RequestError(400, problems[0].message, problems)
      return seenEvents(subscribe, { events: sources.events.all(), samples: SAMPLES })
    }
  )

  app.post(
    '/subscriptions/test',
    {
      schema: {
        summary: 'Send one event through a mapping that need not be saved, and through no other',
        body: TestRequest,
        response: { 202: Type.Object({ id: Type.String({ description: 'Id of the event' }) }), ...failing(400) }
      }
    },
    ({ body: { subscription, event, id = 'draft' } }, reply) => {
      const problems = draftProblems(draftOf(subscription), sources.definition)
      if (problems.length > 0) throw new RequestError(400, problems[0].message, problems)
      void reply.code(202)
      // It was parsed from JSON, and its members are checked before it is sent.
      return { id: sendTest(sources, event, { ...draftOf(subscription), id, enabled: true }) }
    }
  )
}
