import { InvalidFieldError } from '../invalid-field'
import type { StoredMap } from '../kameleoon-api/data-api'
import { isRecord, kindOf, own, ownText } from '../values'
import type { Visitor } from '../visitor'
import type { EventKind } from './event-names'
import type { MapWrite } from './plan'
import { checkedFieldName } from './storable'
import { keysOfVisitor } from './stored-maps'
import type { StorageOptions } from './stored-maps'

/** The audience that an event names, and whether the user is now in it. */
export interface AudienceChange {
  audience: string
  /** Where the event names the audience, for errors. */
  field: string
  isMember: boolean
}

/** An event that Segment Engage may have made from a computation: an audience, a journey or a computed trait. */
export interface ComputationFields {
  /** Of a track call. */
  event?: string
  properties?: Record<string, unknown>
  context?: Record<string, unknown>
}

const AUDIENCE_CLASSES = ['audience', 'journey_step']
const TRAIT_CLASSES = ['trait', 'computed_trait']

/** Whether the user is in the audience after a track call of this kind. */
const MEMBERSHIP_BY_KIND = new Map<EventKind, boolean>([
  ['audience entered', true],
  ['audience exited', false],
  ['journey step', true]
])

/**
 * The audience change in an event: a track call such as `Audience Entered`, or any call that names an audience and has true
 * or false under that name, as boolean or as text.
 * @throws InvalidFieldError for an audience event that does not name its audience
 */
export function audienceChange(
  { event, properties, context }: ComputationFields,
  kind: EventKind
): AudienceChange | undefined {
  const isAudienceEvent = kind === 'audience entered' || kind === 'audience exited'
  const named = audienceNamed(event, properties, context) ?? (isAudienceEvent ? onlyMembership(properties) : undefined)
  if (named === undefined) {
    if (event !== undefined && isAudienceEvent) throw nameless(event, properties)
    return undefined
  }
  // The name of the event says it, whatever the property has.
  const isMember = MEMBERSHIP_BY_KIND.get(kind) ?? membershipIn(own(properties, named.audience))
  return isMember === undefined ? undefined : { ...named, isMember }
}

/** One stored field per audience: `true` while the user is in it, removed when the user leaves. */
export function audienceWrites(
  { audience, field, isMember }: AudienceChange,
  visitor: Visitor,
  { ttlHours }: StorageOptions
): MapWrite[] {
  const fields = { [checkedFieldName(audience, field)]: isMember ? true : null }
  return keysOfVisitor('cohorts', visitor).map((key) => ({ key, fields, ttlHours, keepsExisting: true }))
}

/**
 * The trait that a track call for a computed trait carries, as an identify call would; a trait without a value is removed.
 * @throws InvalidFieldError if the event does not name its trait
 */
export function computedTrait({ properties, context }: ComputationFields, kind: EventKind): StoredMap | undefined {
  const personas = own(context, 'personas')
  const isOfTrait = isOfClass(personas, TRAIT_CLASSES)
  if (!isOfTrait && kind !== 'computed trait') return undefined
  const trait = (isOfTrait ? ownText(personas, 'computation_key') : undefined) ?? ownText(properties, 'trait_key')
  if (trait === undefined) {
    throw new InvalidFieldError('properties.trait_key', 'is missing: the event does not say which trait is meant.')
  }
  return { [trait]: own(properties, trait) ?? null }
}

/** Whether Segment Engage made the event, whatever it was computed from. */
export function isComputation({ context }: ComputationFields): boolean {
  return isRecord(own(context, 'personas')) && ownText(own(context, 'personas'), 'computation_key') !== undefined
}

type NamedAudience = Pick<AudienceChange, 'audience' | 'field'>

/** Only track calls name their audience among the properties; in traits the name may be anything. */
function audienceNamed(event: string | undefined, properties: unknown, context: unknown): NamedAudience | undefined {
  const personas = own(context, 'personas')
  const computation = isOfClass(personas, AUDIENCE_CLASSES) ? ownText(personas, 'computation_key') : undefined
  if (computation !== undefined) return { audience: computation, field: 'context.personas.computation_key' }
  const audience = event === undefined ? undefined : ownText(properties, 'audience_key')
  return audience === undefined ? undefined : { audience, field: 'properties.audience_key' }
}

function isOfClass(personas: unknown, classes: readonly string[]): boolean {
  const computationClass = ownText(personas, 'computation_class')
  return computationClass !== undefined && classes.includes(computationClass)
}

/** Journeys send `Audience Entered` with the audience as the name of a property and nothing else that names it. */
function onlyMembership(properties: unknown): NamedAudience | undefined {
  if (!isRecord(properties)) return undefined
  const names = Object.keys(properties).filter(
    (name) => name !== 'audience_key' && membershipIn(properties[name]) !== undefined
  )
  return names.length === 1 ? { audience: names[0], field: `properties.${names[0]}` } : undefined
}

/** True or false, as a boolean or as its text. */
function membershipIn(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  const text = typeof value === 'string' ? value.trim().toLowerCase() : undefined
  return text === 'true' ? true : text === 'false' ? false : undefined
}

function nameless(event: string, properties: unknown): InvalidFieldError {
  const key = own(properties, 'audience_key')
  const fault = key === undefined ? 'is missing' : `must be a string, but it is ${kindOf(key)}`
  return new InvalidFieldError(
    'properties.audience_key',
    `${fault}: "${event.trim()}" does not say which audience is meant.`
  )
}
