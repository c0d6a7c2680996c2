import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { RETRIED_STATUSES } from '../destinations/kameleoon'
import { messageOf } from './errors'
import { exchangesOf, observedDefinition, type Observed, type ObservedExchange } from './exchanges/observed-exchanges'
import { frameworkFor } from './framework'
import { redacted, secretsOf } from './exchanges/redaction'
import { isRecord, memberOf, parsedJson, recordOf, textOf } from './values'

/** The ids of a user whom Segment asks to delete; at least one. */
export interface DeletedIds {
  userId?: string
  anonymousId?: string
}

/** What a deletion did, as its requests and their answers show it. */
export interface Deletion {
  /** Visitor codes that Kameleoon was asked to forget: those linked to the ids, and the ids themselves. */
  visitors: { visitorCode: string; isForgotten: boolean }[]
  /** Keys of stored data, with the names of the fields that were there. */
  keys: { key: string; fields: string[]; isEmptied: boolean }[]
  /** Why it is not complete; null when it is. */
  failure: { message: string; isRetryable: boolean } | null
}

/**
 * Deletes a user as Segment does: the delete event goes to the destination's `onDelete`. Never rejects; deleting again is safe.
 * @param definition connected to an emulator, or unchanged for Kameleoon itself
 */
export async function deleteUser<Settings>(
  definition: DestinationDefinition<Settings>,
  settings: JSONObject,
  ids: DeletedIds
): Promise<Deletion> {
  const observed: Observed[] = []
  const secrets = secretsOf(definition, settings)
  const failure = await failureOf(observedDefinition(definition, observed), settings, ids)
  const exchanges = await exchangesOf(observed, secrets)
  return {
    ...{ visitors: visitorsIn(exchanges), keys: keysIn(exchanges) },
    failure: failure && { ...failure, message: String(redacted(failure.message, secrets)) }
  }
}

async function failureOf<Settings>(
  definition: DestinationDefinition<Settings>,
  settings: JSONObject,
  ids: DeletedIds
): Promise<Deletion['failure']> {
  try {
    const destination = frameworkFor(definition)
    if (!destination.onDelete) throw new Error('This destination cannot delete users')
    await destination.onDelete({ type: 'delete', ...ids }, { ...settings })
    return null
  } catch (error) {
    const status = memberOf(error, 'status')
    return { message: messageOf(error), isRetryable: RETRIED_STATUSES.some(({ passedOnAs }) => passedOnAs === status) }
  }
}

function visitorsIn(exchanges: ObservedExchange[]): Deletion['visitors'] {
  const forgotten = new Map<string, boolean>()
  for (const exchange of exchanges.filter((one) => isCall(one, 'POST', '/visit/forget'))) {
    const codes = (textOf(exchange.request.body) ?? '').split('\n').filter((code) => code !== '')
    for (const code of codes) forgotten.set(code, forgotten.get(code) === true || isAccepted(exchange))
  }
  return [...forgotten].map(([visitorCode, isForgotten]) => ({ visitorCode, isForgotten }))
}

/** A key is emptied once an empty map was written under it. Before that, its fields are read, and removed one by one. */
function keysIn(exchanges: ObservedExchange[]): Deletion['keys'] {
  const keys = new Map<string, Deletion['keys'][number]>()
  const note = (key: string, fields: string[], isEmptied: boolean): void => {
    const known = keys.get(key) ?? { key, fields: [], isEmptied: false }
    keys.set(key, { key, fields: [...new Set([...known.fields, ...fields])], isEmptied: known.isEmptied || isEmptied })
  }
  for (const exchange of exchanges) {
    for (const key of keysRead(exchange)) note(key, [], false)
    for (const [key, fields] of mapsWritten(exchange)) {
      note(key, Object.keys(fields), isAccepted(exchange) && Object.keys(fields).length === 0)
    }
  }
  return [...keys.values()]
}

function keysRead(exchange: ObservedExchange): string[] {
  if (!isCall(exchange, 'GET', '/map/maps')) return []
  const keys = parsedJson(new URL(exchange.request.url).searchParams.get('keys') ?? '')
  return Array.isArray(keys) ? keys.map(String) : []
}

function mapsWritten(exchange: ObservedExchange): [string, Record<string, unknown>][] {
  if (!isCall(exchange, 'POST', '/map/maps')) return []
  const maps = parsedJson(textOf(exchange.request.body) ?? '')
  return isRecord(maps) ? Object.entries(maps).map(([key, fields]) => [key, recordOf(fields)]) : []
}

function isCall({ request }: ObservedExchange, method: string, path: string): boolean {
  return request.method === method && new URL(request.url).pathname === path
}

function isAccepted({ response: { statusCode } }: ObservedExchange): boolean {
  return statusCode >= 200 && statusCode <= 299
}
