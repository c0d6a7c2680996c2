import type { JSONObject, JSONValue } from '@segment/actions-core'
import { firstOf } from '../../destinations/kameleoon'
import { isRecord } from './json'

/**
 * Where the amount of a conversion is when a user has mapped `properties` in a way of their own.
 * @param properties the mapping of `properties`
 * @returns a mapping for `revenue`; null if those properties hold no amount; nothing if they do not tell
 */
export function revenueFor(properties: JSONValue | undefined): JSONValue | null | undefined {
  if (properties === undefined) return null
  if (!isRecord(properties)) return undefined
  const path = properties['@path']
  if (typeof path === 'string') return firstOf(`${path}.revenue`, `${path}.total`)
  if (Object.keys(properties).some((key) => key.startsWith('@'))) return undefined
  return amountIn(properties)
}

function amountIn(properties: JSONObject): JSONValue | null {
  return properties.revenue ?? properties.total ?? null
}
