import { Destination, type DynamicFieldResponse, type JSONObject } from '@segment/actions-core'
import { messageOf, redacted, secretsOf } from '../../../segment-host'
import type { DynamicChoices } from '../../contract'
import type { AnyDefinition } from '../settings/setting-values'

/** What a dropdown asks: `path` as in `goalId` or `customData.__keys__`; `query` is what was typed to search. */
export interface ChoicesWanted {
  path: string
  query?: string
  page?: string
  mapping?: JSONObject
}

/** A search reads on until it has found this many, or has read this many pages. */
const ENOUGH = 50
const MOST_PAGES = 20

/**
 * The choices of a live dropdown, asked of the definition with these settings. Never rejects: what went wrong is told in
 * words, without secrets.
 */
export async function liveChoices(
  definition: AnyDefinition,
  action: string,
  settings: JSONObject,
  { path, query = '', page = '1', mapping = {} }: ChoicesWanted
): Promise<DynamicChoices> {
  const found: DynamicChoices = { choices: [], nextPage: page, error: null }
  for (let read = 0; read < MOST_PAGES && found.nextPage !== null; read++) {
    const answer = await ask(definition, action, { settings, path, query, page: found.nextPage, mapping })
    found.choices.push(...answer.choices.filter((choice) => fits(choice, query)))
    found.nextPage = answer.nextPage || null
    found.error = answer.error ? String(redacted(answer.error.message, secretsOf(definition, settings))) : null
    if (query === '' || found.error !== null || found.choices.length >= ENOUGH) break
  }
  return found
}

interface Question {
  settings: JSONObject
  path: string
  query: string
  page: string
  mapping: JSONObject
}

async function ask(
  definition: AnyDefinition,
  action: string,
  { settings, path, query, page, mapping }: Question
): Promise<DynamicFieldResponse> {
  try {
    const data = { settings: { ...settings }, payload: mapping, page, dynamicFieldContext: { query } }
    const answer = (await new Destination(definition).actions[action].executeDynamicField(
      path,
      data as never
    )) as unknown
    return answer as DynamicFieldResponse
  } catch (error) {
    return { choices: [], error: { code: '500', message: messageOf(error) } }
  }
}

/** Many definitions pay no heed to what was typed. */
function fits({ label, value }: DynamicFieldResponse['choices'][number], query: string): boolean {
  const wanted = query.trim().toLowerCase()
  return label.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted)
}
