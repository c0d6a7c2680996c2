import { readFileSync } from 'fs'
import { defaultValues, transform } from '@segment/actions-core'
import type { BaseActionDefinition, BaseDefinition, JSONObject } from '@segment/actions-core'
import { matcherOf, messageOf, type Subscription } from './segment-host'
import { UsageError } from './usage-error'

/** Keys that Segment itself writes into mappings. */
const SEGMENT_KEY = '__segment_internal_'

/**
 * Reads a user's own subscriptions: a JSON array of `{name, partnerAction, subscribe, mapping, enabled}`, or an object
 * with that array as `subscriptions`. Without a mapping the action's defaults apply, as Segment fills them in. Throws a
 * UsageError that names the subscription and the field.
 */
export function readMappingFile(path: string, definition: BaseDefinition): Subscription[] {
  const subscriptions = listIn(parseFile(path), path)
    .map((entry, index) => subscriptionOf(entry, `${path}: subscription ${index + 1}`, definition))
    .filter((subscription): subscription is Subscription => subscription !== null)
  if (subscriptions.length === 0) throw new UsageError(`${path}: no subscription is enabled`)
  return subscriptions
}

function parseFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new UsageError(`Cannot read the mapping file ${path}: ${messageOf(error)}`)
  }
}

function listIn(content: unknown, path: string): unknown[] {
  const list = isRecord(content) ? content.subscriptions : content
  if (Array.isArray(list)) return list
  throw new UsageError(`${path}: expected an array of subscriptions, or an object with it under "subscriptions"`)
}

function subscriptionOf(entry: unknown, place: string, definition: BaseDefinition): Subscription | null {
  if (!isRecord(entry)) throw new UsageError(`${place}: expected an object, got ${kindOf(entry)}`)
  const { enabled } = entry
  if (enabled !== undefined && typeof enabled !== 'boolean') {
    throw new UsageError(`${place}: "enabled" must be true or false, got ${kindOf(enabled)}`)
  }
  const named = textIn(entry, 'name', place, '')
  const where = named ? `${place} ("${named}")` : place
  const partnerAction = textIn(entry, 'partnerAction', where)
  const action = actionOf(partnerAction, where, definition)
  const subscribe = queryIn(entry, where)
  const mapping = mappingIn(entry, where, partnerAction, action)
  return enabled === false ? null : { name: named || partnerAction, partnerAction, subscribe, mapping }
}

function textIn(entry: Record<string, unknown>, key: string, place: string, otherwise?: string): string {
  const value = entry[key] ?? otherwise
  if (typeof value === 'string') return value
  throw new UsageError(`${place}: "${key}" must be text, got ${kindOf(value)}`)
}

function actionOf(key: string, place: string, { actions }: BaseDefinition): BaseActionDefinition {
  if (hasOwn(actions, key)) return actions[key]
  throw new UsageError(`${place}: unknown partnerAction "${key}"; there are ${Object.keys(actions).join(', ')}`)
}

function queryIn(entry: Record<string, unknown>, place: string): string {
  const query = textIn(entry, 'subscribe', place)
  if (matcherOf(query)) return query
  throw new UsageError(`${place}: cannot parse "subscribe": ${query} (a query looks like type = "track")`)
}

function mappingIn(
  entry: Record<string, unknown>,
  place: string,
  partnerAction: string,
  { fields }: BaseActionDefinition
): JSONObject {
  const mapping = entry.mapping ?? defaultValues(fields)
  if (!isRecord(mapping)) throw new UsageError(`${place}: "mapping" must be an object, got ${kindOf(mapping)}`)
  for (const key of Object.keys(mapping)) {
    if (hasOwn(fields, key) || key.startsWith(SEGMENT_KEY)) continue
    throw new UsageError(
      `${place}: "mapping" has "${key}", which ${partnerAction} does not know; it has ${Object.keys(fields).join(', ')}`
    )
  }
  for (const [key, field] of Object.entries(fields)) {
    if (field.required !== true || hasOwn(mapping, key)) continue
    throw new UsageError(`${place}: "mapping" lacks "${key}", which ${partnerAction} requires`)
  }
  return checkDirectives(mapping, place)
}

function checkDirectives(mapping: Record<string, unknown>, place: string): JSONObject {
  // What JSON.parse or a definition's defaults gave is JSON.
  const json = mapping as JSONObject
  try {
    transform(json, {})
  } catch (error) {
    // All other errors come from running on an empty event, which proves nothing.
    const faults = [...messageOf(error).matchAll(/ValidationError: (.*)/g)].map(([, fault]) => fault)
    if (faults.length > 0) throw new UsageError(`${place}: "mapping" is not valid: ${faults.join(' ')}`)
  }
  return json
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`
}

function hasOwn(target: object, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(target, key)
}
