import { Type } from '@sinclair/typebox'
import { messageOf } from '../../../segment-host'
import { MappingImport } from '../../contract'
import { failing, RequestError, type ApiServer } from '../api'
import type { HostedDefinition } from '../hosted'
import { importPlan, type ImportPlan } from './mapping-import'
import type { SubscriptionStore } from './subscription-store'

interface ImportSources {
  definition: HostedDefinition
  subscriptions: SubscriptionStore
}

const Content = Type.Object({
  content: Type.Unknown({
    description: 'The file as JSON: an array of mappings, or an object with it under "subscriptions"'
  })
})

const OF_SEGMENT = "Turn an export of Segment's Public API into mappings with the command migrate first."

/** Mappings of a file: an export of the page, the file of `deliver --mapping`, or what `migrate` writes. */
export function importRoutes(app: ApiServer, { definition, subscriptions }: ImportSources): void {
  const planned = (content: unknown): ImportPlan => {
    try {
      return importPlan(content, subscriptions.list(), definition)
    } catch (error) {
      throw new RequestError(400, `There are no mappings in this file: ${messageOf(error)}. ${OF_SEGMENT}`)
    }
  }

  app.post(
    '/subscriptions/import/check',
    {
      schema: {
        summary: 'What an import of mappings would add and replace',
        body: Content,
        response: { 200: Type.Ref(MappingImport), ...failing(400) }
      }
    },
    async ({ body }) => {
      await subscriptions.refresh()
      return planned(body.content).report
    }
  )

  app.post(
    '/subscriptions/import',
    {
      schema: {
        summary: 'Import the mappings of a file; those with a problem are left out, and no other mapping is removed',
        body: Content,
        response: { 200: Type.Ref(MappingImport), ...failing(400) }
      }
    },
    async ({ body }) => {
      await subscriptions.refresh()
      const { report, steps } = planned(body.content)
      await subscriptions.import(steps)
      return report
    }
  )
}
