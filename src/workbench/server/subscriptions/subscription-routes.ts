import type { JSONObject } from '@segment/actions-core'
import { Type } from '@sinclair/typebox'
import { subscriptionProblems } from '../../../segment-host'
import { Preview, Problem, Subscription, SubscriptionDraft as Draft } from '../../contract'
import { type ApiServer, failing } from '../api'
import { RequestError } from '../api'
import type { WorkbenchContext } from '../context'
import { previewOf } from '../destination/preview'
import { completed } from '../tracking/completed'
import type { SubscriptionDraft } from './saved-subscription'

type Context = Pick<WorkbenchContext, 'definition' | 'subscriptions'>

const Id = Type.Object({ id: Type.String() })
const Problems = Type.Object({ problems: Type.Array(Type.Ref(Problem)) })
const Asked = Type.Object({
  subscription: Type.Ref(Draft),
  event: Type.Record(Type.String(), Type.Unknown(), { description: 'A Segment event' })
})

/** The mappings that are kept. */
export function subscriptionRoutes(app: ApiServer, { definition, subscriptions }: Context): void {
  const checked = (body: unknown): SubscriptionDraft => {
    const problems = subscriptionProblems(body, definition)
    if (problems.length > 0) throw new RequestError(400, `The mapping is not saved: ${problems[0].message}`, problems)
    return draftOf(body)
  }

  app.get(
    '/subscriptions',
    { schema: { summary: 'All mappings', response: { 200: Type.Array(Type.Ref(Subscription)) } } },
    async () => {
      await subscriptions.refresh()
      return subscriptions.list()
    }
  )

  app.post(
    '/subscriptions',
    { schema: { summary: 'Add a mapping', body: Draft, response: { 201: Type.Ref(Subscription), ...failing(400) } } },
    async ({ body }, reply) => {
      const added = await subscriptions.add(checked(body))
      return reply.code(201).send(added)
    }
  )

  app.put(
    '/subscriptions/:id',
    {
      schema: {
        summary: 'Change a mapping',
        params: Id,
        body: Draft,
        response: { 200: Type.Ref(Subscription), ...failing(400, 404) }
      }
    },
    async ({ params, body }) => (await subscriptions.update(params.id, checked(body))) ?? rejectUnknown(params.id)
  )

  app.delete(
    '/subscriptions/:id',
    { schema: { summary: 'Remove a mapping', params: Id, response: { 204: Type.Null(), ...failing(404) } } },
    async ({ params }, reply) => {
      if (!(await subscriptions.remove(params.id))) rejectUnknown(params.id)
      return reply.code(204).send(null)
    }
  )

  app.post(
    '/subscriptions/reset',
    {
      schema: {
        summary: 'Back to the automatic presets',
        response: { 200: Type.Array(Type.Ref(Subscription)) }
      }
    },
    () => subscriptions.reset()
  )
}

/** What can be said about a mapping before it is kept. */
export function draftRoutes(
  app: ApiServer,
  { definition, clock }: Pick<WorkbenchContext, 'definition' | 'clock'>
): void {
  app.post(
    '/subscriptions/check',
    {
      schema: {
        summary: 'What is wrong with a mapping, by field',
        body: Draft,
        response: { 200: Problems, ...failing(400) }
      }
    },
    ({ body }) => ({ problems: subscriptionProblems(body, definition) })
  )

  app.post(
    '/subscriptions/preview',
    {
      schema: {
        summary: 'What a mapping would make of an event, without sending anything',
        body: Asked,
        response: { 200: Type.Ref(Preview), ...failing(400) }
      }
    },
    async ({ body: { subscription, event } }) => {
      const problems = subscriptionProblems(subscription, definition).filter(({ field }) => PREVENTING.test(field))
      if (problems.length > 0) return { matched: false, whyNot: problems[0].message, payload: null, problems }
      // The schema of the route has checked both.
      const complete = completed(event, { receivedAt: clock() })
      return previewOf(definition, draftOf(subscription), complete as unknown as JSONObject)
    }
  )
}

/** With faults in these nothing can be run. */
const PREVENTING = /^(partnerAction|subscribe|mapping)$/

function draftOf(body: unknown): SubscriptionDraft {
  // The schema of the route has checked the members, and JSON is what a mapping is made of.
  const { name, partnerAction, subscribe, enabled, mapping } = body as SubscriptionDraft
  return { name, partnerAction, subscribe, enabled, mapping }
}

function rejectUnknown(id: string): never {
  throw new RequestError(404, `There is no mapping "${id}".`)
}
