import type { JSONObject } from '@segment/actions-core'
import { Type } from '@sinclair/typebox'
import { completed, directiveProblems, whyNot } from '../../../segment-host'
import { Preview, Problem, SubscriptionDraft as Draft } from '../../contract'
import { type ApiServer, failing } from '../api'
import { choiceWarnings } from '../destination/fixed-choices'
import { mappedPayload } from '../destination/mapped-payload'
import { storedPreview } from '../destination/stored-preview'
import type { CurrentSettings, HostedDefinition, TargetKind } from '../hosted'
import { draftProblems } from './draft-problems'
import { type SubscriptionDraft, draftOf } from './saved-subscription'

const Problems = Type.Object({ problems: Type.Array(Type.Ref(Problem)) })
const PreviewRequest = Type.Object({
  subscription: Type.Ref(Draft),
  event: Type.Record(Type.String(), Type.Unknown(), { description: 'A Segment event' })
})

interface DraftSources {
  definition: HostedDefinition
  /** The current time in milliseconds. */
  clock: () => number
  definitionFor: (target: TargetKind) => HostedDefinition
  settings: CurrentSettings
}

/** Checks and previews of a mapping that is not saved. */
export function draftRoutes(app: ApiServer, sources: DraftSources): void {
  const { definition, clock } = sources
  checkRoutes(app, sources)

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
      const problems = draftProblems(draftOf(subscription), definition).filter(({ field }) => PREVENTING.test(field))
      if (problems.length > 0)
        return { matched: false, whyNot: problems[0].message, payload: null, problems, stored: [] }
      const complete = completed(event, { receivedAt: clock() })
      // The event was parsed from JSON.
      return previewOf(definition, draftOf(subscription), complete as JSONObject)
    }
  )
}

function checkRoutes(app: ApiServer, { definition, definitionFor, settings }: DraftSources): void {
  app.post(
    '/subscriptions/check',
    {
      schema: {
        summary: 'The problems of a mapping, by field',
        body: Draft,
        response: { 200: Problems, ...failing(400) }
      }
    },
    ({ body }) => ({ problems: draftProblems(draftOf(body), definition) })
  )

  app.post(
    '/subscriptions/warnings',
    {
      schema: {
        summary: 'Goals and custom data of a mapping that the project does not have, by field',
        description: 'Kameleoon is asked with the current settings. A mapping with warnings can be saved.',
        body: Draft,
        response: { 200: Problems, ...failing(400) }
      }
    },
    async ({ body }) => ({
      problems: await choiceWarnings(definitionFor(settings.target), draftOf(body), settings.current())
    })
  )
}

/** With a problem in one of these fields, no preview is possible. */
const PREVENTING = /^(partnerAction|subscribe|mapping)$/

async function previewOf(
  definition: HostedDefinition,
  { partnerAction, subscribe, mapping }: SubscriptionDraft,
  event: JSONObject
): Promise<Preview> {
  const reason = whyNot(subscribe, event)
  const problems = directiveProblems(mapping)
  const mapped =
    problems.length > 0
      ? { payload: null, problems }
      : await mappedPayload(definition, { partnerAction, mapping }, event)
  const isSent = reason === null && mapped.problems.length === 0
  const stored = isSent ? await storedPreview(definition, partnerAction, mapped.payload) : []
  return { matched: reason === null, whyNot: reason, ...mapped, stored }
}
