import { createRequestClient } from '@segment/actions-core'
import nock from 'nock'
import { connectionOf } from '../../kameleoon-api/connection'
import type { Connection } from '../../kameleoon-api/connection'
import { kameleoonClient } from '../../kameleoon-api/client'
import type { KameleoonClient } from '../../kameleoon-api/http'
import { AUTOMATION_HOST, CONFIGURATION_HOST, DATA_HOSTS } from '../../kameleoon-api/connection'
import type { HttpRequest } from '../../kameleoon-api/http'
import { processMemory } from '../../kameleoon-api/project'

/** An API key as Kameleoon hands it out: base64 of JSON. */
export function apiKeyOf(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64')
}

export const SITE_CODE = 'abc123def4'
export const FAKE_API_KEY = apiKeyOf({ id: 'fake-id', secret: 'fake-secret' })
export const SETTINGS = { apiKey: FAKE_API_KEY, sitecode: SITE_CODE }

/** One request that reached Kameleoon. */
export interface Call {
  host: string
  /** Method and path, such as `POST /visit/events`. */
  operation: string
  query: Record<string, string>
  headers: Record<string, string | undefined>
  /** As it was sent, in UTF-8. */
  body: string
}

export interface Answer {
  status?: number
  body?: unknown
  headers?: Record<string, string>
}

/** One fixed answer, a list of answers in order (the last one is repeated), or a function of the call. */
export type Answers = Answer | Answer[] | ((call: Call) => Answer)

const USUAL: Record<string, Answers> = {
  'POST /oauth/token': { body: { access_token: 'fake-token', expires_in: 7200 } },
  'GET /sites': { body: [{ id: 17, code: SITE_CODE, name: 'Shop' }] },
  'GET /goals': { body: [] },
  'POST /goals': ({ body }) => ({ status: 201, body: { ...(JSON.parse(body) as object), id: 900 } }),
  'GET /custom-datas': { body: [] },
  [`GET /v3/${SITE_CODE}`]: { body: { customData: [{ index: 8, name: 'User ID', isMappingIdentifier: true }] } },
  'POST /visit/events': { status: 204 },
  'POST /visit/forget': { status: 204 },
  'GET /map/maps': { body: {} },
  'POST /map/maps': { status: 204 }
}

/**
 * Answers at the real addresses of Kameleoon and records every call.
 * @param special answers by operation; all other operations succeed
 */
export function kameleoon(special: Record<string, Answers> = {}): Call[] {
  const calls: Call[] = []
  const answers = { ...USUAL, ...special }
  const seen: Record<string, number> = {}
  for (const host of [AUTOMATION_HOST, CONFIGURATION_HOST, ...Object.values(DATA_HOSTS)]) {
    const scope = nock(host).persist()
    for (const method of ['GET', 'POST']) {
      scope.intercept(/.*/, method).reply(function (uri) {
        const { pathname, searchParams } = new URL(uri, host)
        const operation = `${method} ${pathname}`
        const sent = (this.req as unknown as { requestBodyBuffers?: Buffer[] }).requestBodyBuffers ?? []
        const call: Call = {
          host,
          operation,
          query: Object.fromEntries(searchParams),
          headers: textOf(this.req.headers),
          body: Buffer.concat(sent).toString('utf8')
        }
        calls.push(call)
        seen[operation] = (seen[operation] ?? 0) + 1
        const { status = 200, body = '', headers = {} } = answerTo(call, answers[operation], seen[operation])
        const type = typeof body === 'string' ? 'text/plain' : 'application/json'
        return [status, body, { 'content-type': type, ...headers }]
      })
    }
  }
  return calls
}

function answerTo(call: Call, answers: Answers | undefined, count: number): Answer {
  if (answers === undefined) return { status: 404, body: { message: `No such address: ${call.operation}` } }
  if (typeof answers === 'function') return answers(call)
  return Array.isArray(answers) ? answers[Math.min(count, answers.length) - 1] : answers
}

function textOf(headers: Record<string, string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}

export function operationsOf(calls: Call[]): string[] {
  return calls.map(({ operation }) => operation)
}

export function callsTo(calls: Call[], operation: string): Call[] {
  return calls.filter((call) => call.operation === operation)
}

/** The JSON bodies of all calls to one address, in order. */
export function bodiesTo<Body = unknown>(calls: Call[], operation: string): Body[] {
  return callsTo(calls, operation).map(({ body }) => JSON.parse(body) as Body)
}

/** Every visit event that was sent, whatever the request. */
export function sentEvents(calls: Call[]): Array<Record<string, unknown>> {
  return bodiesTo<Array<Record<string, unknown>>>(calls, 'POST /visit/events').flat()
}

/** Removes all fake answers and empties the caches, as in a new process. */
export function startFromEmpty(): void {
  nock.cleanAll()
  processMemory.tokens.clear()
  processMemory.projects.clear()
}

/** The request client of Segment's framework, as in production. */
export const frameworkRequest = createRequestClient() as unknown as HttpRequest

export function testConnection(apiKey = FAKE_API_KEY, siteCode = SITE_CODE): Connection {
  return connectionOf(apiKey, siteCode, 'EU')
}

export function testClient(apiKey = FAKE_API_KEY, siteCode = SITE_CODE): KameleoonClient {
  return kameleoonClient(frameworkRequest, testConnection(apiKey, siteCode))
}

/** The error that an action ends in. */
export async function errorFrom(action: () => unknown): Promise<Error & { status?: number; code?: string }> {
  try {
    await action()
  } catch (error) {
    return error as Error
  }
  throw new Error('Nothing was thrown')
}
