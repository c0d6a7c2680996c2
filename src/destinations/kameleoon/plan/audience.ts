import { InvalidFieldError } from '../invalid-field'
import { kindOf, own, ownText } from '../values'
import type { Visitor } from '../visitor'
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

export interface AudienceFields {
  event?: string
  properties?: Record<string, unknown>
  context?: Record<string, unknown>
}

/** Track calls of Segment Engage for audiences and journeys, and whether the user is in the audience after them. */
const MEMBERSHIP_BY_EVENT = new Map([
  ['Audience Entered', true],
  ['Audience Exited', false],
  ['Journeys Step Entered', true]
])

const AUDIENCE_CLASSES = ['audience', 'journey_step']

/**
 * The audience change in an event: a track call such as `Audience Entered`, or any call with an Engage computation in its
 * context and true or false under the key of that computation.
 * @throws InvalidFieldError for an audience event that does not name its audience
 */
export function audienceChange({ event, properties, context }: AudienceFields): AudienceChange | undefined {
  const personas = own(context, 'personas')
  const computation = isOfAudience(personas) ? ownText(personas, 'computation_key') : undefined
  const audience = computation ?? ownText(properties, 'audience_key')
  if (audience === undefined) return rejectNameless(event, properties)
  const field = computation === undefined ? 'properties.audience_key' : 'context.personas.computation_key'
  const stated = own(properties, audience)
  if (computation !== undefined && typeof stated === 'boolean') return { audience, field, isMember: stated }
  const isMember = event === undefined ? undefined : MEMBERSHIP_BY_EVENT.get(event)
  return isMember === undefined ? undefined : { audience, field, isMember }
}

/** One stored field per audience: `true` while the user is in it, removed when the user leaves. */
export function audienceWrites(
  { audience, field, isMember }: AudienceChange,
  visitor: Visitor,
  userId: string | undefined,
  { ttlHours }: StorageOptions
): MapWrite[] {
  const fields = { [checkedFieldName(audience, field)]: isMember ? true : null }
  return keysOfVisitor('cohorts', visitor, userId).map((key) => ({ key, fields, ttlHours, keepsExisting: true }))
}

function isOfAudience(personas: unknown): boolean {
  const computationClass = ownText(personas, 'computation_class')
  return computationClass !== undefined && AUDIENCE_CLASSES.includes(computationClass)
}

/** A journey step without an audience is an ordinary track call. */
function rejectNameless(event: string | undefined, properties: unknown): undefined {
  if (!event?.startsWith('Audience ') || !MEMBERSHIP_BY_EVENT.has(event)) return undefined
  const key = own(properties, 'audience_key')
  const fault = key === undefined ? 'is missing' : `must be a string, but it is ${kindOf(key)}`
  throw new InvalidFieldError('properties.audience_key', `${fault}: "${event}" does not say which audience is meant.`)
}
