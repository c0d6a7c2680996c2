import type { JSONObject } from '@segment/actions-core'
import { Type, type Static } from '@sinclair/typebox'
import { completed, directiveProblems, subscriptionProblems, whyNot } from '../../../segment-host'
import { Preview, Problem, SubscriptionDraft as Draft } from '../../contract'
import { type ApiServer, failing } from '../api'
import type { HostedDefinition } from '../hosted'
import { failed, filtered, mappedAndTried, storedIn } from '../preview/happens'
import { previewKameleoon, type PreviewSources } from '../preview/preview-kameleoon'
import { type SubscriptionDraft, draftOf } from './saved-subscription'

const Problems = Type.Object({ problems: Type.Array(Type.Ref(Problem)) })
const PreviewRequest = Type.Object({
  subscription: Type.Ref(Draft),
  event: Type.Record(Type.String(), Type.Unknown(), { description: 'A Segment event' })
})

interface DraftSources extends PreviewSources {
  definition: HostedDefinition
  /** The current time in milliseconds. */
  clock: () => number
}

/** Checks and previews of a mapping that is not saved. */
export function draftRoutes(app: ApiServer, sources: DraftSources): void {
  const { definition, clock } = sources
  app.post(
    '/subscriptions/check',
    {
      schema: {
        summary: 'The problems of a mapping, by field',
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
        body: PreviewRequest,
        response: { 200: Type.Ref(Preview), ...failing(400) }
      }
    },
    async ({ body: { subscription, event } }): Promise<Preview> => {
      const problems = subscriptionProblems(subscription, definition).filter(({ field }) => PREVENTING.test(field))
      if (problems.length > 0) return unmapped(problems)
      const complete = completed(event, { receivedAt: clock() })
      // The event was parsed from JSON.
      return previewOf(sources, draftOf(subscription), complete as JSONObject)
    }
  )
}

/** With a problem in one of these fields, no preview is possible. */
const PREVENTING = /^(partnerAction|subscribe|mapping)$/

function unmapped(problems: Static<typeof Problem>[]): Preview {
  const [{ message }] = problems
  return { matched: false, whyNot: message, payload: null, problems, stored: [], happens: failed(message) }
}

async function previewOf(
  sources: DraftSources,
  { partnerAction, subscribe, mapping }: SubscriptionDraft,
  event: JSONObject
): Promise<Preview> {
  const reason = whyNot(subscribe, event)
  const matched = { matched: reason === null, whyNot: reason }
  const faults = directiveProblems(mapping)
  if (faults.length > 0) return { ...unmapped(faults), ...matched }
  // An event that Kameleoon has already is looked at as if it were new: the question is what the mapping makes of it.
  const kameleoon = await previewKameleoon(sources, { nonces: 'store' })
  const mapped = await mappedAndTried(kameleoon, sources.definition, { partnerAction, mapping }, event)
  const happens = reason === null ? mapped.happens : filtered(reason)
  return { ...matched, ...mapped, happens, stored: storedIn(happens) }
}
