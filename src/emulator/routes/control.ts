import type { FastifyInstance } from 'fastify'
import { HttpError, textOf, jsonOf } from '../http'
import { apiKeyOf } from '../options'
import type { State } from '../state'
import type { Duplicate } from '../nonces'
import type { RecordedRequest, Totals } from '../recordings'
import { isObject, isText, parseJson } from '../values'
import type { FaultRule } from '../faults'
import { isListMistake, isMapMistake } from '../mistakes'

/** By this name in `GET /emulator`, a client knows that an emulator answers and not another program. */
export const EMULATOR_NAME = 'kameleoon-emulator'

/** The API of the emulator itself. It is reachable only when the Host header names this machine. */
export function controlRoutes(app: FastifyInstance, state: State): void {
  app.get('/emulator', () => summaryOf(state))
  app.get('/emulator/requests', () => state.recordings.requests.map(withoutSecrets))
  app.get('/emulator/discarded', () => state.recordings.discarded)

  app.get<{ Params: { code: string } }>('/emulator/visitors/:code', (request) => {
    const visitor = state.visitors.get(request.params.code)
    if (!visitor) throw new HttpError(404, `Nothing is known about visitor '${request.params.code}'.`)
    return visitor
  })

  // Here a wrong API key or site code can be found without a request that counts, or that a fault would meet.
  app.post('/emulator/project', (request) => {
    const project = jsonOf(textOf(request), 'a project as a JSON object')
    if (!isObject(project)) throw new HttpError(400, 'A project must be a JSON object.')
    const { options } = state
    return { apiKey: isSameKey(project.apiKey, apiKeyOf(options)), sitecode: project.sitecode === options.sitecode }
  })

  app.post('/emulator/faults', (request, reply) => {
    state.faults.add(readFaultRule(textOf(request)))
    return reply.code(201).send(summaryOf(state).faults)
  })

  app.delete('/emulator/faults', (_request, reply) => {
    state.faults.clear()
    return reply.code(204).send()
  })

  app.post('/emulator/reset', (_request, reply) => {
    state.reset()
    return reply.code(204).send()
  })
}

/** Whether two API keys hold the same credentials; white space in a key does not count. */
function isSameKey(given: unknown, own: string): boolean {
  return isText(given) && credentialsIn(given) === credentialsIn(own)
}

function credentialsIn(apiKey: string): string {
  const text = Buffer.from(apiKey, 'base64').toString()
  const parsed = parseJson(text)
  return isObject(parsed) ? JSON.stringify([parsed.id, parsed.secret]) : text
}

/** The answer of `GET /emulator`. */
export interface Summary {
  name: typeof EMULATOR_NAME
  sitecode: string
  dataHost: string
  mapWrites: string
  content: string
  totals: Totals
  tokensIssued: number
  visitors: number
  maps: number
  forgotten: number
  duplicates: Duplicate[]
  goals: { id: number; name: string }[]
  customData: { index: number; name: string }[]
  faults: { rule: object; hits: number }[]
}

/** A summary of the emulator's state, without secrets. */
export function summaryOf(state: State): Summary {
  const { sitecode, dataHost, mapWrites, content } = state.options
  return {
    name: EMULATOR_NAME,
    ...{ sitecode, dataHost, mapWrites, content },
    totals: state.recordings.totals,
    tokensIssued: state.tokens.issued,
    visitors: state.visitors.size,
    maps: state.maps.size,
    forgotten: state.forgotten.items.length,
    duplicates: state.nonces.duplicates,
    goals: state.project.goals.map(({ id, name }) => ({ id, name })),
    customData: state.project.customData.map(({ index, name }) => ({ index, name })),
    faults: state.faults.list().map(({ rule, hits }) => ({ rule: { ...rule, path: pathText(rule.path) }, hits }))
  }
}

/** A recorded request without its access token and client secret. */
export function withoutSecrets(request: RecordedRequest): RecordedRequest {
  const headers = { ...request.headers }
  if ('authorization' in headers) headers.authorization = 'Bearer (hidden)'
  return { ...request, headers, body: request.path === '/oauth/token' ? '(hidden)' : request.body }
}

function pathText(path: string | RegExp | undefined): string | undefined {
  return path instanceof RegExp ? String(path) : path
}

const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0

const PARTS: Record<keyof FaultRule, (value: unknown) => boolean> = {
  path: isText,
  method: isText,
  host: isText,
  status: (value) => isCount(value) && Number(value) >= 200 && Number(value) <= 599,
  retryAfter: (value) => isText(value) || isCount(value),
  location: isText,
  body: () => true,
  mistake: (value) => isListMistake(value) || isMapMistake(value),
  delayMs: isCount,
  tokenAgeMs: isCount,
  beyond: (value) => isObject(value) && isCount(value.calls) && Number(value.calls) > 0 && isCount(value.milliseconds),
  reset: (value) => value === 'before' || value === 'after' || value === 'in body',
  stall: (value) => value === 'headers' || value === 'body',
  skip: isCount,
  every: (value) => isCount(value) && Number(value) > 0,
  times: isCount
}

/** The fault rule in a JSON body. Throws a 400 error for an invalid part. A path in JSON is always a whole path. */
export function readFaultRule(body: string): FaultRule {
  const rule = jsonOf(body, 'a fault rule as a JSON object')
  if (!isObject(rule)) throw new HttpError(400, 'A fault rule must be a JSON object.')
  const accepts = new Map<string, (value: unknown) => boolean>(Object.entries(PARTS))
  const wrong = Object.entries(rule).find(([part, value]) => !accepts.get(part)?.(value))
  if (wrong !== undefined)
    throw new HttpError(400, `A fault rule cannot have ${wrong[0]} = ${JSON.stringify(wrong[1])}.`)
  return rule
}
