import { Type } from '@sinclair/typebox'
import { Sample } from '../../contract'
import { RequestError, type ApiServer } from '../api'
import type { Receiver } from '../delivery/receive'
import { sendEvents } from './send-events'

const VISITOR = 'sample0visitor01'
const USER = { userId: 'sample-user', anonymousId: 'sample-anonymous' }
const CONTEXT = {
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  locale: 'en-GB',
  timezone: 'Europe/London'
}

/** One event for each preset of the destination, one that is rejected, and one that no preset takes. */
export const SAMPLES: Sample[] = [
  sample('order', 'Track: Order Completed, with revenue', 'track', {
    event: 'Order Completed',
    properties: { kameleoonVisitorCode: VISITOR, order_id: 'sample-1', revenue: 49.9, currency: 'EUR' }
  }),
  sample('new-goal', 'Track: an event whose goal does not exist yet', 'track', {
    event: 'Workbench Tried',
    properties: { kameleoonVisitorCode: VISITOR }
  }),
  sample('page', 'Page: Pricing', 'page', {
    name: 'Pricing',
    properties: { kameleoonVisitorCode: VISITOR, url: 'https://shop.example.com/pricing', title: 'Pricing' }
  }),
  sample('screen', 'Screen: Basket', 'screen', { name: 'Basket', properties: { kameleoonVisitorCode: VISITOR } }),
  sample('identify', 'Identify: traits, and the link from user to visitor', 'identify', {
    traits: { kameleoonVisitorCode: VISITOR, plan: 'Gold', country: 'France' }
  }),
  sample('group', 'Group: a company', 'group', {
    groupId: 'sample-company',
    traits: { kameleoonVisitorCode: VISITOR, name: 'Sample Ltd', employees: 12 }
  }),
  sample('audience', 'Track: Audience Entered, from Segment Engage', 'track', {
    event: 'Audience Entered',
    properties: { kameleoonVisitorCode: VISITOR, audience_key: 'sample_buyers', sample_buyers: true },
    context: { ...CONTEXT, personas: { computation_class: 'audience', computation_key: 'sample_buyers' } }
  }),
  sample('no-visitor', 'Track: without any visitor, rejected by the destination', 'track', {
    event: 'Order Completed',
    userId: null,
    anonymousId: 'sample-stranger',
    properties: { revenue: 10 }
  }),
  sample('alias', 'Alias: no mapping takes it', 'alias', { previousId: 'sample-anonymous' })
]

function sample(id: string, label: string, type: string, event: Record<string, unknown>): Sample {
  return { id, label, event: { type, ...USER, context: CONTEXT, ...event } }
}

/** Sample events: their list, and sending one. */
export function sampleRoutes(app: ApiServer, receiver: Receiver): void {
  app.get('/samples', { schema: { summary: 'Sample events', response: { 200: Type.Array(Sample) } } }, () => SAMPLES)

  app.post(
    '/samples/:id',
    {
      schema: {
        summary: 'Send a sample event, each time as a new event',
        params: Type.Object({ id: Type.String() }),
        response: { 202: Type.Object({ ids: Type.Array(Type.String()) }) }
      }
    },
    ({ params }, reply) => {
      const sample = SAMPLES.find(({ id }) => id === params.id)
      if (!sample) throw new RequestError(404, `There is no sample "${params.id}".`)
      void reply.code(202)
      return { ids: sendEvents(receiver, [sample.event], 'sample') }
    }
  )
}
