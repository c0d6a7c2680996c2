import Ajv from 'ajv/dist/2020'
import type { FastifyInstance } from 'fastify'
import { apiOf } from '../../../__tests__/call-api'
import { endWorkbenches, runningWorkbench } from '../../../__tests__/running-workbench'
import { createServer } from '../../server'

afterEach(endWorkbenches)

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

const described = async () => {
  const workbench = await runningWorkbench()
  const { body } = await apiOf(workbench)('GET /openapi.json')
  return { workbench, description: body as Description }
}

const operations = ({ paths }: Description): [string, Operation][] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation
    ])
  )

/** Every route that the server has below /api, as the description would write it. */
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

describe('the description of the API', () => {
  it('is OpenAPI 3.1 and says what it is of', async () => {
    const { description } = await described()
    expect(description.openapi).toBe('3.1.0')
    expect(description.info).toMatchObject({ title: expect.stringContaining('Workbench') as string, version: '1.2.3' })
  })

  it('has every route that there is, and no other', async () => {
    const { workbench, description } = await described()
    const routes = await registered(createServer(workbench.context, { host: '127.0.0.1', pageFolder: '/nowhere' }))
    const told = operations(description).map(([route]) => route)
    expect(told.sort()).toEqual(
      routes.filter((route) => route !== 'GET /api/openapi.json' || told.includes(route)).sort()
    )
    expect(routes.length).toBeGreaterThan(20)
  })

  it('gives every route a summary, a tag that is explained, and the form of its errors', async () => {
    const { description } = await described()
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

  it('refers to nothing that is not there', async () => {
    const { description } = await described()
    const refs = new Set(refsIn(description))
    const known = Object.keys(description.components.schemas).map((name) => `#/components/schemas/${name}`)
    expect([...refs].filter((ref) => !known.includes(ref))).toEqual([])
    expect(refs.size).toBeGreaterThan(15)
  })

  it('has schemas that can be compiled as JSON Schema 2020-12, which OpenAPI 3.1 uses', async () => {
    const { description } = await described()
    const ajv = new Ajv({ strict: false, validateFormats: false })
    ajv.addSchema(description, 'api')
    for (const name of Object.keys(description.components.schemas)) {
      expect(ajv.getSchema(`api#/components/schemas/${name}`)).toBeInstanceOf(Function)
    }
  })
})
