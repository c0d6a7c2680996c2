import { parseFql, validate, type GroupCondition } from '@segment/destination-subscriptions'
import type { BaseDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'

/** What Segment calls a mapping: which events go to which action of the destination, and with which fields. */
export interface Subscription {
  name: string
  /** Key of the action in the definition. */
  partnerAction: string
  /** A query in Segment's query language (FQL), for example `type = "track"`. */
  subscribe: string
  /** Segment mapping directives by field of the action. */
  mapping: JSONObject
}

export type Matches = (event: SegmentEvent) => boolean

/** The query as a function of an event, or null when it is not a valid query. */
export function matcherOf(query: string): Matches | null {
  const condition = parseFql(query)
  // The parser takes the end of the text for a value: `type =` would match nothing, without an error.
  if ('error' in condition || /[=<>]\s*$/.test(query)) return null
  const type = onlyType(condition)
  return type === undefined ? (event) => validate(condition, event) : (event) => event.type === type
}

/**
 * The type of call that a query asks for when it asks for nothing else, as most do. To compare it here takes a small part of
 * the time that the framework takes, which matters since every event is compared with every subscription.
 */
function onlyType({ children }: Pick<GroupCondition, 'children'>): string | undefined {
  const [child] = children
  if (children.length !== 1 || child.type !== 'event-type' || child.operator !== '=') return undefined
  return String(child.value)
}

/**
 * The subscriptions Segment creates when a destination is added: one for each automatic preset of the definition.
 * Presets for specific events are not among them, since a user has to choose those.
 */
export function presetSubscriptions(definition: BaseDefinition): Subscription[] {
  const subscriptions: Subscription[] = []
  for (const preset of definition.presets ?? []) {
    if (preset.type !== 'automatic') continue
    const { name, partnerAction, subscribe, mapping } = preset
    subscriptions.push({ name: name ?? partnerAction, partnerAction, subscribe, mapping: mapping ?? {} })
  }
  return subscriptions
}
