import { memberOf, recordOf } from '../../../segment-host'
import type { Answer, Call } from './evidence'
import { CallError } from './link'

export type Fields = Record<string, unknown>

export function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299
}

/** Reads the maps under these keys; an empty one where nothing is stored. */
export async function mapsUnder(
  keys: string[],
  siteCode: string,
  send: (call: Call) => Promise<Answer>
): Promise<Fields[]> {
  const query = { siteCode, keys: JSON.stringify(keys) }
  const { status, json } = await send({ method: 'GET', api: 'data', path: '/map/maps', query })
  if (status === 404 && keys.length > 1) return oneByOne(keys, siteCode, send)
  if (status !== 404 && !isSuccess(status)) throw new CallError(`GET /map/maps answered ${status}`)
  return keys.map((key) => recordOf(memberOf(json, key)))
}

/** A service may answer 404 as soon as one of the keys has no map. */
async function oneByOne(keys: string[], siteCode: string, send: (call: Call) => Promise<Answer>): Promise<Fields[]> {
  const maps: Fields[] = []
  for (const key of keys) maps.push(...(await mapsUnder([key], siteCode, send)))
  return maps
}
