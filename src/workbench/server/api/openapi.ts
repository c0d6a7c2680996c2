import swagger from '@fastify/swagger'
import type { FastifyInstance, FastifySchema } from 'fastify'
import { errorAnswer } from './errors'
import { SCHEMAS } from './requests'

const DESCRIPTION_PATH = '/openapi.json'

/** Descriptions of successful answers that a route does not describe itself, by status. */
const SUCCESSES: Record<string, string> = {
  200: 'The answer',
  201: 'Added',
  202: 'Accepted; the event stream shows the result later',
  204: 'Done'
}

const TAGS: Record<string, string> = {
  state: 'The target, the write key, and counts of events',
  destination: 'The description of the destination',
  settings: 'Settings of the destination, and the test of the connection',
  subscriptions: 'Mappings: which events go to which action, with which fields',
  actions: 'Choices of dynamic fields',
  overview: 'What became of all events, in all and over time',
  events: 'Received events and their delivery',
  stream: 'Changes as server-sent events',
  samples: 'Sample events',
  runs: 'Files of events, and replays of many events',
  exports: 'Files to save: events, mappings, and what Kameleoon knows',
  visitors: 'What the emulator knows about visitors, and what Kameleoon has beside what was sent',
  deletions: 'Users that are deleted',
  faults: 'Faults that can be switched on',
  discarded: 'What the emulator accepted but did not keep'
}

/**
 * Serves a description of all routes that are added to `app` later, at `GET /openapi.json` as OpenAPI 3.1. It is made from the
 * schemas that also check the requests.
 */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  SCHEMAS.forEach((schema) => app.addSchema(schema))
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Workbench for the Kameleoon destination for Segment',
        description:
          'A local Segment with one destination, and a local Kameleoon that receives its events. Request bodies are JSON.',
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
  // A parameter with a default is optional for the client, though handlers always get a value.
  const query = querystring ? { querystring: withOptionalDefaults(querystring as QuerySchema) } : {}
  // byName keeps the shape of the schema.
  return { ...(named as FastifySchema), ...query, tags }
}

function describedAnswers(response: object): Record<string, unknown> {
  const answers = Object.entries(response).map(([status, schema]: [string, object]): [string, object] => {
    const named = byName(schema) as object
    return [status, 'description' in named ? named : { ...named, description: SUCCESSES[status] }]
  })
  return Object.fromEntries([...answers, ['default', errorAnswer]])
}

interface QuerySchema {
  required?: string[]
  properties: Record<string, object>
}

function withOptionalDefaults({ required = [], ...schema }: QuerySchema): QuerySchema {
  return { ...schema, required: required.filter((name) => !('default' in schema.properties[name])) }
}

/** Named schemas are replaced by references, so that the description contains each of them once. */
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
