import { isObject } from '../events/is-object'
import type { Problem } from '../events/visit-event'
import { LIMITS } from '../limits'
import type { MapFields } from '../maps'

/** What a body of `POST /map/maps` writes, and what Kameleoon would discard of it. */
export interface MapWrites {
  writes: [string, MapFields][]
  problems: Problem[]
}

/** Reads `{key: map}`; a key with a problem is filtered as a whole, the others are written. */
export function readMapWrites(body: string): MapWrites {
  const maps = fromJson(body)
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

function fromJson(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body)
    return value
  } catch {
    return undefined
  }
}
