import { readFileSync } from 'fs'
import { defaultValues } from '@segment/actions-core'
import type { BaseDefinition } from '@segment/actions-core'
import { messageOf, UsageError } from './errors'
import type { Subscription } from './subscription'
import { subscriptionProblems } from './subscription-problems'
import { isRecord } from './values'

/** A subscription as a mapping file has it. */
export interface SubscriptionEntry extends Subscription {
  /** Only where the file has one. */
  id?: string
  enabled: boolean
}

/**
 * Reads a user's own subscriptions: a JSON array of `{name, partnerAction, subscribe, mapping, enabled}`, or an object
 * with that array as `subscriptions`. Without a mapping the action's defaults apply, as in Segment. Disabled
 * subscriptions are not returned.
 * @throws UsageError with the file, the subscription and the field, or when no subscription is enabled
 */
export function readMappingFile(path: string, definition: BaseDefinition): Subscription[] {
  const subscriptions = subscriptionsIn(contentOf(path), path, definition)
    .filter(({ enabled }) => enabled)
    .map(({ name, partnerAction, subscribe, mapping }) => ({ name, partnerAction, subscribe, mapping }))
  if (subscriptions.length === 0) throw new UsageError(`${path}: no subscription is enabled`)
  return subscriptions
}

/**
 * The subscriptions in the text of a mapping file, completed with the defaults that Segment uses.
 * @param path named in errors
 * @throws UsageError with the file, the subscription and the field
 */
export function subscriptionsIn(text: string, path: string, definition: BaseDefinition): SubscriptionEntry[] {
  return subscriptionEntries(parsed(text, path), definition, path).map((checked, index) => {
    if (checked.kind === 'valid') return checked.entry
    throw new UsageError(`${placeOf(checked.name, path, index)}: ${checked.problem}`)
  })
}

/** An entry of a mapping file with what is wrong with it, if anything is. `name` is empty when it has none. */
export type CheckedEntry =
  { kind: 'valid'; name: string; entry: SubscriptionEntry } | { kind: 'faulty'; name: string; problem: string }

/**
 * The subscriptions in the content of a mapping file, each checked for itself.
 * @param path named in errors
 * @throws UsageError when there is no list of subscriptions
 */
export function subscriptionEntries(content: unknown, definition: BaseDefinition, path = 'the file'): CheckedEntry[] {
  return listIn(content, path).map((written) => {
    const entry = withoutFormerField(written)
    const name = isRecord(entry) && typeof entry.name === 'string' ? entry.name : ''
    const [problem] = subscriptionProblems(entry, definition)
    if (problem) return { kind: 'faulty', name, problem: problem.message }
    const whole = completed(entry, definition)
    return { kind: 'valid', name: whole.name, entry: whole }
  })
}

/**
 * A subscription without the switch `linkedVisitors`, which `visitorFallback` has replaced. What it switched on is the
 * default now.
 */
function withoutFormerField(entry: unknown): unknown {
  if (!isRecord(entry) || !isRecord(entry.mapping)) return entry
  const { linkedVisitors, ...mapping } = entry.mapping
  if (linkedVisitors === undefined) return entry
  return { ...entry, mapping: linkedVisitors === false ? { visitorFallback: 'user id', ...mapping } : mapping }
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new UsageError(`Cannot read the mapping file ${path}: ${messageOf(error)}`)
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`Cannot read the mapping file ${path}: ${messageOf(error)}`)
  }
}

function listIn(content: unknown, path: string): unknown[] {
  const list = isRecord(content) ? content.subscriptions : content
  if (Array.isArray(list)) return list
  throw new UsageError(`${path}: expected an array of subscriptions, or an object with it under "subscriptions"`)
}

function placeOf(name: string, path: string, index: number): string {
  const place = `${path}: subscription ${index + 1}`
  return name ? `${place} ("${name}")` : place
}

function completed(entry: unknown, { actions }: BaseDefinition): SubscriptionEntry {
  // `subscriptionProblems` has found nothing, so the members have these types.
  const { id, name, partnerAction, subscribe, enabled, mapping } = entry as Partial<SubscriptionEntry> & {
    partnerAction: string
    subscribe: string
  }
  return {
    ...(id ? { id } : {}),
    name: name || partnerAction,
    partnerAction,
    subscribe,
    enabled: enabled ?? true,
    mapping: mapping ?? defaultValues(actions[partnerAction].fields)
  }
}
