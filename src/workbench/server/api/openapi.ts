import swagger from '@fastify/swagger'
import type { FastifyInstance, FastifySchema } from 'fastify'
import { SUCCESSES, errorAnswer } from './errors'
import { SCHEMAS } from './requests'

/** The route that answers with the description. */
export const DESCRIPTION_PATH = '/openapi.json'

const TAGS: Record<string, string> = {
  state: 'What the workbench is doing',
  destination: 'The destination, as its definition describes it',
  settings: 'Settings of the destination, and whether they work',
  subscriptions: 'Mappings: which events go to which action, with which fields',
  actions: 'Live choices of fields',
  events: 'Events that came in, and what became of them',
  stream: 'Changes as they happen',
  samples: 'Events ready to be sent',
  visitors: 'What Kameleoon knows of its visitors',
  faults: 'Disturbances on demand',
  discarded: 'What Kameleoon accepted and would not keep'
}

/**
 * Describes all routes that are added to `app` afterwards, from the schemas they check with, at `GET /openapi.json` as
 * OpenAPI 3.1.
 */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  SCHEMAS.forEach((schema) => app.addSchema(schema))
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Workbench for the Kameleoon destination for Segment',
        description: 'A local Segment with one destination, and a local Kameleoon behind it. Writes must be JSON.',
        version
      },
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description }))
    },
    refResolver: { buildLocalReference: (schema, _base, _fragment, index) => nameOf(schema.$id) ?? `schema-${index}` },
    transform: ({ schema, url }) => ({ schema: described(schema, url), url })
  })
  const schema = {
    summary: 'This description, as OpenAPI 3.1',
    response: { 200: { type: 'object', additionalProperties: true } }
  }
  app.get(DESCRIPTION_PATH, { schema }, () => app.swagger())
}

function described(schema: FastifySchema | undefined, url: string): FastifySchema {
  const [, , part = ''] = url.split('/')
  const tags = part in TAGS ? [part] : []
  const { querystring, response, ...rest } = schema ?? {}
  const named = byName({ ...rest, response: describedAnswers(response ?? {}) })
  // What has a default may be filtered, though handlers always find it.
  const query = querystring ? { querystring: withOptionalDefaults(querystring as QuerySchema) } : {}
  // The parts of a schema are JSON, whatever made them.
  return { ...(named as FastifySchema), ...query, tags }
}

function describedAnswers(response: object): Record<string, unknown> {
  const told = Object.entries(response).map(([status, schema]: [string, object]): [string, object] => {
    const named = byName(schema) as object
    return [status, 'description' in named ? named : { ...named, description: SUCCESSES[status] }]
  })
  return Object.fromEntries([...told, ['default', errorAnswer]])
}

interface QuerySchema {
  required?: string[]
  properties: Record<string, object>
}

function withOptionalDefaults({ required = [], ...schema }: QuerySchema): QuerySchema {
  return { ...schema, required: required.filter((name) => !('default' in schema.properties[name])) }
}

/** Schemas that have a name are referred to by it, so that the description holds each of them once. */
function byName(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(byName)
  if (typeof value !== 'object' || value === null) return value
  const { $id }: { $id?: unknown } = value
  if (typeof $id === 'string') return { $ref: `${$id}#` }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, byName(member)]))
}

function nameOf(id: unknown): string | undefined {
  return typeof id === 'string' ? id : undefined
}
