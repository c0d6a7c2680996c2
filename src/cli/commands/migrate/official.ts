import type { BaseDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import { matcherOf, queryProblem, subscriptionProblems, type Matches } from '../../../segment-host'
import { carryMapping } from './mapping'
import type { Carried, MigratedSubscription, Migration, ToDo } from './migration'
import type { OfficialExport, OfficialSubscription } from './public-api'

/** Fields of the official actions, which all exist here under the same names. The context is only in two of them. */
const COMMON = ['anonymousId', 'userId', 'type', 'properties', 'kameleoonVisitorCode', 'timestamp', 'messageId']
export const OFFICIAL_FIELDS: Readonly<Record<string, readonly string[]>> = {
  logEvent: [...COMMON, 'event', 'context'],
  pageEvent: [...COMMON, 'name', 'context'],
  identifyEvent: COMMON,
  groupEvent: [...COMMON, 'groupId']
}

/**
 * Defaults of the official actions that are others here. An object behind "if" does not translate into every host, and what
 * it falls back to has no amount.
 */
export const OFFICIAL_DEFAULTS: Readonly<Record<string, JSONObject>> = {
  logEvent: {
    properties: {
      '@if': {
        exists: { '@path': '$.properties' },
        then: { '@path': '$.properties' },
        else: { '@path': '$.traits' }
      }
    }
  }
}

/** Turns subscriptions of the official destination into ones of `definition`, and reports the changes and the manual steps. */
export function migrateOfficial({ subscriptions, isPartial }: OfficialExport, definition: BaseDefinition): Migration {
  const carried = subscriptions.map((subscription) => carry(subscription, definition))
  const toDo: ToDo[] = carried.flatMap(({ name, toDo }) => toDo.map((text) => ({ about: name, text })))
  if (isPartial) {
    toDo.push({ about: '(the file)', text: 'the API has more subscriptions than this page: fetch pagination.next too' })
  }
  const results = carried.flatMap(({ result }) => result ?? [])
  if (!results.some(({ enabled }) => enabled)) {
    toDo.push({ about: '(all)', text: 'no subscription is enabled; enable one to try the mappings with deliver' })
  }
  return { from: 'official', carried, toDo, notes: [...carried.flatMap(notesOf), ...notesFor(results)] }
}

function carry(subscription: OfficialSubscription, definition: BaseDefinition): Carried {
  const { name, action, trigger, enabled, settings, modelId } = subscription
  const left: Carried = { name, was: action || '(none)', changed: [], added: [], toDo: [], notes: [] }
  const partnerAction = actionKeyFor(action)
  if (!partnerAction) return { ...left, toDo: [unknownAction(action)] }
  const matches = matcherOf(trigger)
  const problem = queryProblem(trigger)
  if (!matches || problem !== null) return { ...left, toDo: [unreadableTrigger(trigger, problem)] }
  const { mapping, changed, added, toDo, notes } = carryMapping(
    settings,
    partnerAction,
    definition.actions[partnerAction],
    { fields: OFFICIAL_FIELDS[partnerAction], defaults: OFFICIAL_DEFAULTS[partnerAction] ?? {} }
  )
  const result: MigratedSubscription = { name, partnerAction, subscribe: trigger, enabled, mapping }
  const [fault] = subscriptionProblems(result, definition)
  if (fault) return { ...left, toDo: [...toDo, `not migrated: ${fault.message}`] }
  const foreign = foreignCalls(matches, partnerAction)
  if (foreign.length > 0)
    toDo.push(`its trigger also takes ${foreign.join(', ')} calls, which ${partnerAction} cannot use`)
  if (modelId) toDo.push('it reads a Reverse ETL model; connect the model and its schedule again in Segment')
  return { ...left, result, changed, added, toDo, notes }
}

function unreadableTrigger(trigger: string, problem: string | null): string {
  const said = `not migrated: its trigger cannot be parsed: ${trigger || '(empty)'}`
  return problem === null || trigger === '' ? said : `${said} (${problem})`
}

function unknownAction(action: string): string {
  const known = Object.keys(ACTION_KEYS).join(', ')
  if (!action) return `not migrated: it names no action; put one of ${known} under "actionSlug"`
  return `not migrated: "${action}" is no action of the official destination, which has ${known}; if it is an id, put the key under "actionSlug"`
}

function notesOf({ name, notes }: Carried): string[] {
  return notes.map((note) => `${name}: ${note}.`)
}

function notesFor(results: MigratedSubscription[]): string[] {
  const takesScreens = results.some(({ subscribe }) => matcherOf(subscribe)?.({ type: 'screen' }))
  return takesScreens ? [] : ['No subscription takes screen calls; the preset "Screen Calls" does, if you want them.']
}

const TYPES: ReadonlyArray<SegmentEvent['type']> = ['track', 'page', 'screen', 'identify', 'group', 'alias']

/** Types of calls that match a trigger by their type alone, but which the action cannot use. */
export function foreignCalls(matches: Matches, partnerAction: string): string[] {
  const own = CALLS_OF_ACTION[partnerAction] ?? []
  return TYPES.filter((type) => !own.includes(type) && matches({ type }))
}

/** Action keys of this destination by those of the official one. */
export const ACTION_KEYS: Readonly<Record<string, string>> = {
  logEvent: 'logEvent',
  page: 'pageEvent',
  identify: 'identifyEvent',
  group: 'groupEvent'
}

/** Types of calls that each action can use. */
export const CALLS_OF_ACTION: Readonly<Record<string, readonly string[]>> = {
  logEvent: ['track', 'screen', 'page'],
  pageEvent: ['page', 'screen'],
  identifyEvent: ['identify'],
  groupEvent: ['group']
}

/**
 * The action that replaces an official one. It is recognised by its key or its title, however it is written: `page`,
 * `page-event` and `Page Event` are the same.
 */
export function actionKeyFor(official: string): string | undefined {
  const spelled = plain(official)
  for (const [key, ours] of Object.entries(ACTION_KEYS)) {
    if ([plain(key), plain(ours)].includes(spelled)) return ours
  }
  return undefined
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, '')
}
