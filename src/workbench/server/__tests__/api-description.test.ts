import Ajv from 'ajv/dist/2020'
import type { FastifyInstance } from 'fastify'
import { type Answer, apiOf } from '../../__tests__/call-api'
import { endWorkbenches, runningWorkbench } from '../../__tests__/running-workbench'
import { createServer } from '../server'

afterAll(endWorkbenches)

type Schema = Record<string, unknown>
interface Operation {
  summary: string
  tags: string[]
  parameters?: { name: string; in: string; required: boolean; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>
}
interface Description {
  openapi: string
  info: { title: string; version: string }
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

const operations = ({ paths }: Description): [string, Operation][] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation
    ])
  )

/** All routes of the server below /api, in the form of the description. */
async function registered(app: FastifyInstance): Promise<string[]> {
  const routes: string[] = []
  app.addHook('onRoute', ({ method, url }) => {
    const path = url.replace(/:(\w+)/g, '{$1}')
    if (url.startsWith('/api/')) [method].flat().forEach((one) => routes.push(`${one} ${path}`))
  })
  await app.ready()
  await app.close()
  return routes
}

function refsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => (key === '$ref' ? [String(member)] : refsIn(member)))
}

/** A call for every route, and for every kind of answer it has; `{event}` and the like are filled in. */
const CALLS: [string, number, unknown?][] = [
  ['GET /state', 200],
  ['GET /destination', 200],
  ['GET /settings', 200],
  ['PUT /settings', 200, { values: { sitecode: 'emulated01' } }],
  ['PUT /settings', 400, { values: { nothing: 'x' } }],
  ['POST /settings/test', 200],
  ['POST /settings/test', 400, { values: 'x' }],
  ['POST /settings/reset', 200],
  ['GET /subscriptions', 200],
  ['POST /subscriptions', 201, '{draft}'],
  ['POST /subscriptions', 400, { name: 'x' }],
  ['PUT /subscriptions/page-calls', 200, '{draft}'],
  ['PUT /subscriptions/nobody', 404, '{draft}'],
  ['DELETE /subscriptions/orders', 204],
  ['DELETE /subscriptions/orders', 404],
  ['POST /subscriptions/check', 200, '{draft}'],
  ['POST /subscriptions/preview', 200, { subscription: '{draft}', event: { type: 'track' } }],
  ['POST /subscriptions/warnings', 200, '{draft}'],
  ['POST /subscriptions/seen', 200, { subscribe: 'type = "track"' }],
  ['POST /subscriptions/seen', 400, { subscribe: 'type = track' }],
  ['POST /subscriptions/test', 202, { subscription: '{draft}', event: { type: 'track', event: 'Order', userId: 'u' } }],
  ['POST /subscriptions/test', 400, { subscription: '{draft}', event: { type: 5 } }],
  ['POST /subscriptions/import/check', 200, { content: ['{draft}'] }],
  ['POST /subscriptions/import', 200, { content: ['{draft}'] }],
  ['POST /subscriptions/import', 400, { content: 5 }],
  ['POST /subscriptions/reset', 200],
  ['POST /actions/logEvent/choices', 200, { path: 'goalId' }],
  ['POST /actions/nothing/choices', 404, { path: 'goalId' }],
  ['GET /overview', 200],
  ['GET /overview?window=24h', 200],
  ['GET /overview?window=week', 400],
  ['GET /events', 200],
  ['GET /events?limit=0', 400],
  ['GET /events?q=status:failed', 200],
  ['GET /events?q=status:lost', 400],
  ['GET /events/{event}/neighbours', 200],
  ['GET /events/nothing/neighbours', 404],
  ['GET /events/{event}', 200],
  ['GET /events/nothing', 404],
  ['POST /events', 202, { event: { type: 'track', event: 'A', userId: 'u' } }],
  ['POST /events', 400, { event: 5 }],
  ['POST /events/{event}/replay', 202],
  ['POST /events/preview', 200, { events: [{ type: 'track', event: 'A', userId: 'u' }, { type: 'alias' }] }],
  ['GET /events/suggestions', 200],
  ['POST /events/preview', 400, { events: [] }],
  ['GET /events/{event}/replay', 200],
  ['GET /events/nothing/replay', 404],
  ['POST /runs/file', 201, { name: 'orders.ndjson', bytes: 10 }],
  ['POST /runs/file', 400, { name: '' }],
  ['GET /runs', 200],
  ['GET /runs/replay', 200],
  ['GET /runs/replay?q=status:lost', 400],
  ['POST /runs/replay', 400, { q: 'status:lost' }],
  ['GET /runs/nothing/problems', 404],
  ['PUT /runs/nothing/content', 404],
  ['DELETE /runs/nothing', 404],
  ['GET /exports/events.ndjson', 200],
  ['GET /exports/mappings.json', 200],
  ['GET /exports/kameleoon/conversions', 200],
  ['GET /exports/kameleoon/nothing', 400],
  ['GET /samples', 200],
  ['POST /samples/{sample}', 202],
  ['POST /samples/nothing', 404],
  ['GET /visitors', 200],
  ['GET /visitors/visitor-1', 200],
  ['GET /visitors/nobody', 404],
  ['GET /visitors/visitor-1/check', 200],
  ['POST /deletions', 200, { userId: 'user-1' }],
  ['POST /deletions', 400, { userId: ' ' }],
  ['GET /faults', 200],
  ['PUT /faults/slow', 200, { on: false }],
  ['PUT /faults/nothing', 404, { on: true }],
  ['GET /discarded', 200],
  ['DELETE /events', 204],
  ['GET /data-folder', 200],
  ['POST /data-folder/take-over', 200],
  ['POST /data-folder/give-up', 204, { pid: 1, machine: 'other', address: null, since: '2026-01-01T00:00:00.000Z' }],
  ['PUT /settings', 409, { values: { sitecode: 'emulated01' } }],
  ['POST /settings/reset', 409],
  ['POST /subscriptions', 409, '{draft}'],
  ['PUT /subscriptions/page-calls', 409, '{draft}'],
  ['DELETE /subscriptions/page-calls', 409],
  ['POST /subscriptions/reset', 409]
]

const draft = {
  name: 'Orders',
  partnerAction: 'logEvent',
  subscribe: 'event = "Order"',
  enabled: true,
  mapping: { type: 'track', timestamp: { '@path': '$.timestamp' }, messageId: { '@path': '$.messageId' } }
}

async function prepared() {
  const workbench = await runningWorkbench()
  const call = apiOf(workbench)
  const { body } = await call('POST /events', {
    events: [
      { type: 'track', event: 'Order Completed', userId: 'visitor-1', properties: { revenue: 10 } },
      { type: 'identify', userId: 'user-1', traits: { kameleoonVisitorCode: 'visitor-1', plan: 'Gold' } },
      { type: 'alias', userId: 'user-1', previousId: 'x' }
    ]
  })
  await workbench.context.delivery.idle()
  const samples = (await call('GET /samples')).body as { id: string }[]
  const description = (await call('GET /openapi.json')).body as Description
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
  ajv.addSchema(description, 'api')
  return { workbench, call, description, ajv, event: (body as { ids: string[] }).ids[0], sample: samples[0].id }
}

const running = prepared()

describe('the description of the API', () => {
  it('is OpenAPI 3.1 with a title and a version', async () => {
    const { description } = await running
    expect(description.openapi).toBe('3.1.0')
    expect(description.info).toMatchObject({ title: expect.stringContaining('Workbench') as string, version: '1.2.3' })
  })

  it('has exactly the routes of the server', async () => {
    const { workbench, description } = await running
    const routes = await registered(createServer(workbench.context, { host: '127.0.0.1', pageFolder: '/nowhere' }))
    const named = operations(description).map(([route]) => route)
    expect(named.sort()).toEqual(
      routes.filter((route) => route !== 'GET /api/openapi.json' || named.includes(route)).sort()
    )
    expect(routes.length).toBeGreaterThan(20)
  })

  it('has a summary, a described tag and error answers for every route', async () => {
    const { description } = await running
    const tags = description.tags.map(({ name }) => name)
    const error = { $ref: '#/components/schemas/ApiError' }
    for (const [
      route,
      {
        summary,
        tags: [tag],
        responses,
        parameters = []
      }
    ] of operations(description)) {
      const failures = Object.entries(responses).filter(([status]) => status === 'default' || Number(status) >= 400)
      const successes = Object.keys(responses).filter((status) => /^2/.test(status))
      const named = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
      expect({ route, hasSummary: summary?.length > 5, successes: successes.length }).toEqual({
        route,
        hasSummary: true,
        successes: 1
      })
      if (!route.endsWith('/openapi.json')) expect(tags).toContain(tag)
      expect(failures.map(([status]) => status)).toContain('default')
      for (const [, { content = {} }] of failures)
        expect(Object.values(content).map(({ schema }) => schema)).toEqual([error])
      expect(inPath).toEqual(named)
    }
  })

  it('refers only to schemas that it contains', async () => {
    const { description } = await running
    const refs = new Set(refsIn(description))
    const known = Object.keys(description.components.schemas).map((name) => `#/components/schemas/${name}`)
    expect([...refs].filter((ref) => !known.includes(ref))).toEqual([])
    expect(refs.size).toBeGreaterThan(15)
  })

  it('has schemas that compile as JSON Schema 2020-12, which OpenAPI 3.1 uses', async () => {
    const { description } = await running
    const ajv = new Ajv({ strict: false, validateFormats: false })
    ajv.addSchema(description, 'api')
    for (const name of Object.keys(description.components.schemas)) {
      expect(ajv.getSchema(`api#/components/schemas/${name}`)).toBeInstanceOf(Function)
    }
  })
})

/** The path of the description that a call belongs to. */
function templateOf(path: string, description: Description): string {
  const asked = `/api${path.split('?')[0]}`
  const exact = Object.keys(description.paths).find((one) => one === asked)
  const fits = (one: string) => new RegExp(`^${one.replace(/\{\w+\}/g, '[^/]+')}$`).test(asked)
  return exact ?? Object.keys(description.paths).find(fits) ?? `nothing for ${path}`
}

async function check(route: string, { status, body }: Answer): Promise<unknown> {
  const { description, ajv } = await running
  const [method, path] = route.split(' ')
  const template = templateOf(path, description)
  const { responses } = description.paths[template][method.toLowerCase()]
  const answered = status in responses ? String(status) : 'default'
  if (!responses[answered].content) return body === undefined ? null : 'a body that is not described'
  const [type] = Object.keys(responses[answered].content)
  const pointer = [template, method.toLowerCase(), 'responses', answered, 'content', type, 'schema']
  const validate = ajv.compile({ $ref: `api#/paths/${pointer.map(escaped).join('/')}` })
  return validate(body) ? null : validate.errors
}

const escaped = (part: string) => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1'))

describe('every answer matches the description', () => {
  // A row without a body would make jest pass a callback in its place.
  it.each(CALLS.map(([route, status, body = {}]) => [route, status, body] as const))(
    '%s answers %i',
    async (route, status, body) => {
      const { call, event, sample } = await running
      const filled = route.replace('{event}', event).replace('{sample}', sample)
      const sent = JSON.parse(JSON.stringify(body).replace('"{draft}"', JSON.stringify(draft))) as unknown
      const answer = await call(filled, filled.startsWith('GET') ? undefined : sent)
      expect({ status: answer.status, body: answer.body }).toMatchObject({ status })
      expect(await check(filled, answer)).toBeNull()
      if (status >= 400)
        expect(answer.body).toMatchObject({ error: { message: expect.stringMatching(/\S{2} \S/) as string } })
    }
  )

  it('is checked for every route', async () => {
    const { description } = await running
    const called = new Set(
      CALLS.map(([route]) => `${route.split(' ')[0]} ${templateOf(route.split(' ')[1], description)}`)
    )
    const all = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)
    )
    expect(all.filter((route) => !called.has(route))).toEqual(['GET /api/openapi.json', 'GET /api/stream'])
  })
})
