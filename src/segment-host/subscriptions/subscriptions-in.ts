import type { BaseDefinition } from '@segment/actions-core'
import { messageOf } from '..'
import { UsageError } from '../../workbench/server/usage-error'
import { completed } from './entry'
import { entryProblems } from './entry-problems'
import { isRecord } from './kind-of'
import type { SubscriptionDraft } from '../../workbench/server/subscriptions/saved-subscription'

/**
 * The subscriptions in the text of a mapping file, as `deliver --mapping` and `migrate` have it: a JSON array, or an
 * object with it as `subscriptions`. Throws a UsageError that names the file, the subscription and the field.
 */
export function subscriptionsIn(
  text: string,
  path: string,
  definition: BaseDefinition
): (SubscriptionDraft & { id?: string })[] {
  return listIn(parsed(text, path), path).map((entry, index) => {
    const [problem] = entryProblems(entry, definition)
    if (problem) throw new UsageError(`${placeOf(entry, path, index)}: ${problem.message}`)
    return completed(entry, definition)
  })
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

function placeOf(entry: unknown, path: string, index: number): string {
  const name = isRecord(entry) && typeof entry.name === 'string' ? entry.name : ''
  const place = `${path}: subscription ${index + 1}`
  return name ? `${place} ("${name}")` : place
}
