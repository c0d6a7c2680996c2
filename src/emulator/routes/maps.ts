import type { FastifyInstance, FastifyReply } from 'fastify'
import { isMapMistake, MAP_MISTAKES } from '../mistakes'
import { mapResult, type PartResult } from '../results'
import { LIMITS } from '../limits'
import {
  HttpError,
  sendJson,
  flag,
  jsonOf,
  queryOf,
  requireContentType,
  requireSite,
  textWithin,
  wholeNumber
} from '../http'
import type { State } from '../state'
import { isObject, parseJson } from '../values'
import type { Problem } from '../events/visit-event'
import type { MapFields } from '../maps'

const PATH = '/map/maps'

/**
 * Kameleoon's remote data. https://docs.kameleoon.com/api-reference/map/update-data-for-several-keys ,
 * https://docs.kameleoon.com/api-reference/map/get-data-for-a-key ,
 * https://docs.kameleoon.com/api-reference/map/get-data-for-several-keys
 */
export function mapRoutes(app: FastifyInstance, state: State): void {
  app.get('/map/map', (request, reply) => {
    requireSite(state, request)
    const query = queryOf(request)
    const key = readKey(query.key)
    const fields = state.maps.get(key)
    return fields === undefined
      ? answerUnknownKey(reply, state, key)
      : sendJson(reply, fields, flag(query, 'prettyPrint'))
  })

  app.get(PATH, (request, reply) => {
    requireSite(state, request)
    const query = queryOf(request)
    const keys = readKeys(query.keys)
    const mistake = state.struck.get(request.raw)?.mistake
    if (isMapMistake(mistake)) {
      return sendJson(
        reply,
        MAP_MISTAKES[mistake](keys, (key) => state.maps.get(key) ?? {}),
        false
      )
    }
    const found = keys.flatMap((key) => {
      const fields = state.maps.get(key) ?? unknownIn(state, key)
      return fields === undefined ? [] : [[key, fields] as const]
    })
    return sendJson(reply, Object.fromEntries(found), flag(query, 'prettyPrint'))
  })

  app.post(PATH, (request, reply) => {
    requireSite(state, request)
    requireContentType(request, 'application/json')
    const { ttlHours = String(LIMITS.defaultTtlHours) } = queryOf(request)
    const hours = wholeNumber('ttlHours', ttlHours, 1, LIMITS.maxTtlHours)
    const body = textWithin(request, LIMITS.mapWriteBytes)
    const { writes, problems } = readMapWrites(body)
    if (state.options.content === 'reject' && problems.length > 0) throw new HttpError(400, problems[0].reason)
    rejectByMode(state, writes)
    void reply.code(state.options.acceptedStatus).send()
    problems.forEach((problem) => state.discard(PATH, problem, { key: problem.field }))
    writes.forEach(([key, fields]) => state.maps.write(key, fields, hours))
    state.options.onHandled?.({
      ...{ path: PATH, body, results: resultsOf(state, writes, problems) },
      sender: state.senders.get(request.raw)
    })
    return reply
  })
}

/** The answer of `GET /map/map` for a key without a map. */
function answerUnknownKey(reply: FastifyReply, { options }: State, key: string): FastifyReply {
  if (options.unknownKey === 'not found') throw new HttpError(404, `There is no map under '${key}'.`)
  if (options.unknownKey === 'no content') return reply.code(204).send()
  return sendJson(reply, options.unknownKey === 'null' ? null : {}, false)
}

/** What `GET /map/maps` says about a key without a map; undefined for nothing. */
function unknownIn({ options }: State, key: string): MapFields | null | undefined {
  if (options.unknownKeys === 'not found') throw new HttpError(404, `There is no map under '${key}'.`)
  if (options.unknownKeys === 'absent') return undefined
  return options.unknownKeys === 'null' ? null : {}
}

/** Throws a 400 error for null fields and for empty maps where the modes say so. */
function rejectByMode({ options: { nullFields, emptyMaps } }: State, writes: MapWrites['writes']): void {
  for (const [key, fields] of writes) {
    const values = Object.values(fields)
    if (nullFields === 'reject' && values.includes(null)) throw new HttpError(400, `A field under '${key}' is null.`)
    if (emptyMaps === 'reject' && values.length === 0) throw new HttpError(400, `The map under '${key}' is empty.`)
  }
}

function resultsOf(state: State, writes: MapWrites['writes'], problems: MapWrites['problems']): PartResult[] {
  const kept = writes.map(([key]) => mapResult(key, state.maps.get(key) ?? {}))
  return [...kept, ...problems.map(({ field, value, reason }) => mapResult(field ?? '', value, reason))]
}

function readKey(key: unknown): string {
  if (typeof key !== 'string' || key === '') throw new HttpError(400, 'A key is required.')
  if (key.length > LIMITS.mapKeyLength) throw new HttpError(400, `A key has at most ${LIMITS.mapKeyLength} characters.`)
  return key
}

function readKeys(text: string | undefined): string[] {
  const keys = jsonOf(text ?? '', 'keys as a JSON array of texts')
  if (!Array.isArray(keys)) throw new HttpError(400, 'keys must be a JSON array of texts.')
  if (keys.length > LIMITS.mapKeysPerRead) {
    throw new HttpError(400, `At most ${LIMITS.mapKeysPerRead} keys a request, not ${keys.length}.`)
  }
  return keys.map(readKey)
}

/** What a body of `POST /map/maps` writes, and which parts Kameleoon would discard. */
export interface MapWrites {
  writes: [string, MapFields][]
  problems: Problem[]
}

/** Reads `{key: map}`. A map with a problem is discarded as a whole; the others are written. */
export function readMapWrites(body: string): MapWrites {
  const maps = parseJson(body)
  if (!isObject(maps)) return { writes: [], problems: [{ reason: 'body is not a JSON object of maps', value: body }] }
  const writes: [string, MapFields][] = []
  const problems: Problem[] = []
  for (const [key, fields] of Object.entries(maps)) {
    const problem = problemOf(key, fields)
    if (problem !== undefined) problems.push(problem)
    else if (isObject(fields)) writes.push([key, fields])
  }
  return { writes, problems }
}

function problemOf(key: string, fields: unknown): Problem | undefined {
  if (key === '') return { reason: 'map key is empty', field: key }
  if (key.length > LIMITS.mapKeyLength) {
    return { reason: `map key longer than ${LIMITS.mapKeyLength} characters`, field: key }
  }
  if (!isObject(fields)) return { reason: 'map is not a JSON object', field: key, value: fields }
  const long = Object.keys(fields).find((name) => name.length > LIMITS.mapFieldLength)
  if (long === undefined) return undefined
  return { reason: `field name longer than ${LIMITS.mapFieldLength} characters`, field: key, value: long }
}
