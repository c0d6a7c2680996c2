import type { JSONObject, JSONValue } from '@segment/actions-core'
import type { FastifyRequest } from 'fastify'

/** What a call says, as far as it is an object; members are checked where they are used. */
export function bodyOf({ body }: FastifyRequest): JSONObject {
  // The server reads nothing but JSON.
  return objectOr(body as JSONValue | undefined, {})
}

/** The value if it is an object, else what is taken instead. */
export function objectOr<Instead>(value: JSONValue | undefined, instead: Instead): JSONObject | Instead {
  return isObject(value) ? value : instead
}

export function isObject(value: unknown): value is JSONObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
