import { Type } from '@sinclair/typebox'
import { Subscription, SubscriptionDraft as Draft } from '../../contract'
import { type ApiServer, RequestError, failing } from '../api'
import type { HostedDefinition } from '../hosted'
import { draftProblems } from './draft-problems'
import { type SubscriptionDraft, draftOf } from './saved-subscription'
import type { SubscriptionStore } from './subscription-store'

const Id = Type.Object({ id: Type.String() })

interface SubscriptionSources {
  definition: HostedDefinition
  subscriptions: SubscriptionStore
}

/** The saved mappings. */
export function subscriptionRoutes(app: ApiServer, { definition, subscriptions }: SubscriptionSources): void {
  const checked = (body: unknown): SubscriptionDraft => {
    const draft = draftOf(body)
    const problems = draftProblems(draft, definition)
    if (problems.length > 0) throw new RequestError(400, `The mapping is not saved: ${problems[0].message}`, problems)
    return draft
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
    {
      schema: { summary: 'Add a mapping', body: Draft, response: { 201: Type.Ref(Subscription), ...failing(400, 409) } }
    },
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
        response: { 200: Type.Ref(Subscription), ...failing(400, 404, 409) }
      }
    },
    async ({ params, body }) => (await subscriptions.update(params.id, checked(body))) ?? rejectUnknown(params.id)
  )

  app.delete(
    '/subscriptions/:id',
    { schema: { summary: 'Remove a mapping', params: Id, response: { 204: Type.Null(), ...failing(404, 409) } } },
    async ({ params }, reply) => {
      if (!(await subscriptions.remove(params.id))) rejectUnknown(params.id)
      return reply.code(204).send(null)
    }
  )

  app.post(
    '/subscriptions/reset',
    {
      schema: {
        summary: 'Replace all mappings with the automatic presets',
        response: { 200: Type.Array(Type.Ref(Subscription)), ...failing(409) }
      }
    },
    () => subscriptions.reset()
  )
}

function rejectUnknown(id: string): never {
  throw new RequestError(404, `There is no mapping "${id}".`)
}
