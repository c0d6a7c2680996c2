import type { DynamicFieldResponse, JSONObject } from '@segment/actions-core'
import { frameworkFor, messageOf, redacted, secretsOf } from '../../../segment-host'
import type { DynamicChoices } from '../../contract'
import type { HostedDefinition } from '../hosted'

interface ChoicesRequest {
  /** The field, for example `goalId`, or `customData.__keys__` for the keys of an object. */
  path: string
  /** Only choices that contain this in their label or value. Default: all. */
  query?: string
  /** The `nextPage` of the previous answer. Default: the first page. */
  page?: string
  /** The mapping in its current state. */
  mapping?: JSONObject
}

/** A search stops after this many results, or after this many pages. */
const ENOUGH = 50
const MOST_PAGES = 20

/**
 * The choices of a dynamic field, from the definition with these settings. Never rejects: a failure is described in `error`,
 * without secrets.
 */
export async function liveChoices(
  definition: HostedDefinition,
  action: string,
  settings: JSONObject,
  { path, query = '', page = '1', mapping = {} }: ChoicesRequest
): Promise<DynamicChoices> {
  const found: DynamicChoices = { choices: [], nextPage: page, error: null }
  for (let read = 0; read < MOST_PAGES && found.nextPage !== null; read++) {
    const answer = await ask(definition, action, { settings, path, query, page: found.nextPage, mapping })
    found.choices.push(...answer.choices.filter((choice) => matches(choice, query)))
    found.nextPage = answer.nextPage || null
    found.error = answer.error ? String(redacted(answer.error.message, secretsOf(definition, settings))) : null
    if (query === '' || found.error !== null || found.choices.length >= ENOUGH) break
  }
  return found
}

interface PageRequest {
  settings: JSONObject
  path: string
  query: string
  page: string
  mapping: JSONObject
}

async function ask(
  definition: HostedDefinition,
  action: string,
  { settings, path, query, page, mapping }: PageRequest
): Promise<DynamicFieldResponse> {
  try {
    const data = { settings: { ...settings }, payload: mapping, page, dynamicFieldContext: { query } }
    // The framework's types do not describe this method's argument and result.
    const answer = (await frameworkFor(definition).actions[action].executeDynamicField(path, data as never)) as unknown
    return answer as DynamicFieldResponse
  } catch (error) {
    return { choices: [], error: { code: '500', message: messageOf(error) } }
  }
}

/** Many definitions ignore the query, so the choices are filtered here too. */
function matches({ label, value }: DynamicFieldResponse['choices'][number], query: string): boolean {
  const wanted = query.trim().toLowerCase()
  return label.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted)
}
